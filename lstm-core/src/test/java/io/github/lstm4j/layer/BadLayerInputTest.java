package io.github.lstm4j.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.kernels.scalar.ScalarKernels;
import io.github.lstm4j.memory.Memory;
import io.github.lstm4j.memory.Tensor;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/** What bad input gets: an exception that names the culprit, what it was and what was expected. */
class BadLayerInputTest {
  /** LSTM(3, 5, num_layers=2, bidirectional=True, proj_size=2). */
  private static final RecurrentOptions OPTIONS =
      RecurrentOptions.of(CellKind.LSTM, 3, 5).withLayers(2).withBidirectional(true).withProjSize(2);

  private static DynamicTest bad(String message, Executable call) {
    return bad(message, IllegalArgumentException.class, call);
  }

  private static DynamicTest bad(String message, Class<? extends Throwable> type, Executable call) {
    return DynamicTest.dynamicTest(message, () -> {
      long before = Memory.liveBytes();
      assertEquals(message, assertThrows(type, call).getMessage());
      assertEquals(before, Memory.liveBytes(), "bytes left behind");
    });
  }

  private static Tensor zeros(int... shape) {
    return Tensor.zeros(shape);
  }

  private static void run(Tensor x, @Nullable Tensor h0, @Nullable Tensor c0, int @Nullable ... lengths) {
    run(OPTIONS, x, h0, c0, lengths);
  }

  private static void run(
      RecurrentOptions options, Tensor x, @Nullable Tensor h0, @Nullable Tensor c0, int @Nullable ... lengths) {
    try (Recurrent layer = Recurrent.of(options, 1, new Execution(new ScalarKernels(), 1))) {
      layer.run(RecurrentInput.of(x).withState(h0, c0).withLengths(lengths));
    }
  }

  @TestFactory
  List<DynamicTest> inputs() {
    Tensor x = zeros(4, 6, 3);
    return List.of(
        bad("x has shape [4, 6, 2]; expected [batch, steps, 3], or [steps, 3] for a single sequence",
            () -> run(zeros(4, 6, 2), null, null, (int[]) null)),
        bad("x has shape [3]; expected [batch, steps, 3], or [steps, 3] for a single sequence",
            () -> run(zeros(3), null, null, (int[]) null)),
        bad("x has shape [1, 1, 1, 3]; expected [steps, batch, 3], or [steps, 3] for a single sequence",
            () -> run(OPTIONS.withBatchFirst(false), zeros(1, 1, 1, 3), null, null, (int[]) null)),
        bad("x has shape []; expected [batch, steps, 3], or [steps, 3] for a single sequence",
            () -> run(zeros(), null, null, (int[]) null)),
        bad("batch 0 of 6 steps; expected 1 or more of both", () -> run(zeros(0, 6, 3), null, null, (int[]) null)),
        bad("batch 1 of 0 steps; expected 1 or more of both", () -> run(zeros(0, 3), null, null, (int[]) null)),
        bad("h0 has shape [4, 3, 2]; expected [4, 4, 2]", () -> run(x, zeros(4, 3, 2), null, (int[]) null)),
        bad("h0 has shape [4, 2]; expected [4, 4, 2]", () -> run(x, zeros(4, 2), null, (int[]) null)),
        bad("c0 has shape [4, 4, 2]; expected [4, 4, 5]", () -> run(x, null, zeros(4, 4, 2), (int[]) null)),
        bad("h0 (of an x without a batch dimension) has shape [4, 1, 2]; expected [4, 2]",
            () -> run(zeros(6, 3), zeros(4, 1, 2), null, (int[]) null)),
        bad("c0 (of an x without a batch dimension) has shape [4, 2]; expected [4, 5]",
            () -> run(zeros(6, 3), null, zeros(4, 2), (int[]) null)),
        bad("lengths has 3 elements; expected 4, one for each sequence of the batch",
            () -> run(x, null, null, 1, 2, 3)),
        bad("lengths[2] is 0; expected 1 to 6, the steps of the input", () -> run(x, null, null, 1, 2, 0, 3)),
        bad("lengths[0] is -1; expected 1 to 6, the steps of the input", () -> run(x, null, null, -1, 2, 3, 3)),
        bad("lengths[3] is 7; expected 1 to 6, the steps of the input", () -> run(x, null, null, 1, 2, 3, 7)));
  }

  @TestFactory
  List<DynamicTest> options() {
    RecurrentOptions one = RecurrentOptions.of(CellKind.LSTM, 3, 5);
    return List.of(
        bad("input_size is 0; expected 1 or more", () -> RecurrentOptions.of(CellKind.LSTM, 0, 5)),
        bad("hidden_size is -5; expected 1 or more", () -> RecurrentOptions.of(CellKind.LSTM, 3, -5)),
        bad("num_layers is 0; expected 1 or more", () -> one.withLayers(0)),
        bad("dropout is -0.1; expected a probability, 0 to 1", () -> one.withDropout(-0.1f)),
        bad("dropout is 1.5; expected a probability, 0 to 1", () -> one.withDropout(1.5f)),
        bad("dropout is NaN; expected a probability, 0 to 1", () -> one.withDropout(Float.NaN)),
        bad("proj_size is 5; expected 0 (no projection) to 4, less than hidden_size", () -> one.withProjSize(5)),
        bad("proj_size is -1; expected 0 (no projection) to 4, less than hidden_size", () -> one.withProjSize(-1)),
        bad("forget bias is Infinity; expected a finite number", () -> one.withForgetBias(Float.POSITIVE_INFINITY)),
        bad("forget bias is 1.0; only an LSTM with biases has one", () -> one.withForgetBias(1).withBias(false)),
        bad("input_size is 3 and hidden_size 2147483647; expected weights of at most 2147483647 elements",
            () -> RecurrentOptions.of(CellKind.LSTM, 3, Integer.MAX_VALUE)),
        bad("linear layer head. from 0 to 2 features; expected 1 or more", () -> Linear.specs("head.", 0, 2, true)),
        bad("threads is 0; expected 1 or more", () -> new Execution(new ScalarKernels(), 0).close()),
        bad("parameter a stands twice: give layers different names",
            () -> Parameters.allocate(List.of(new ParameterSpec("a", List.of(1)), new ParameterSpec("a", List.of(2))))
                .close()),
        bad("parameter a has shape [1, 2, 3]; expected a vector or a matrix",
            () -> new ParameterSpec("a", List.of(1, 2, 3))));
  }

  @TestFactory
  List<DynamicTest> otherCells() {
    RecurrentOptions gru = RecurrentOptions.of(CellKind.GRU, 3, 5);
    RecurrentOptions rnn = RecurrentOptions.of(CellKind.RNN_RELU, 3, 5);
    Tensor x = zeros(4, 6, 3);
    Execution never = new Execution(new ScalarKernels(), 1);
    return List.of(
        bad("c0 was given, shape [1, 4, 5]; a GRU has no cell state",
            () -> run(gru, x, null, zeros(1, 4, 5), (int[]) null)),
        bad("c0 was given, shape [1, 4, 5]; a RNN_RELU has no cell state",
            () -> run(rnn, x, null, zeros(1, 4, 5), (int[]) null)),
        bad("h0 has shape [1, 4, 3]; expected [1, 4, 5]", () -> run(gru, x, zeros(1, 4, 3), null, (int[]) null)),
        bad("lengths[1] is 0; expected 1 to 6, the steps of the input", () -> run(rnn, x, null, null, 1, 0, 6, 6)),
        bad("batch 0 of 6 steps; expected 1 or more of both", () -> run(gru, zeros(0, 6, 3), null, null, (int[]) null)),
        bad("proj_size is 2; only an LSTM can project", () -> gru.withProjSize(2)),
        bad("forget bias is 1.0; only an LSTM with biases has one", () -> rnn.withForgetBias(1)),
        bad("a GRU was given options of LSTM", () -> Gru.create(OPTIONS, 1, never)),
        bad("an LSTM was given options of GRU", () -> Lstm.create(gru, 1, never)),
        bad("an RNN was given options of GRU", () -> Rnn.create(gru, 1, never)));
  }

  private static void backward(Tensor dY, @Nullable Tensor dHn, @Nullable Tensor dCn) {
    backward(zeros(4, 6, 3), dY, dHn, dCn);
  }

  private static void backward(Tensor x, Tensor dY, @Nullable Tensor dHn, @Nullable Tensor dCn) {
    try (Lstm lstm = Lstm.create(OPTIONS, 1, new Execution(new ScalarKernels(), 1));
        RecurrentTape tape = lstm.run(RecurrentInput.of(x), Mode.TRAINING)) {
      tape.backward(dY, dHn, dCn);
    }
  }

  @TestFactory
  List<DynamicTest> gradients() {
    Tensor dY = zeros(4, 6, 4);
    return List.of(
        bad("gradient of y has shape [4, 6, 2]; expected [4, 6, 4]", () -> backward(zeros(4, 6, 2), null, null)),
        bad("gradient of h_n has shape [4, 4, 5]; expected [4, 4, 2]", () -> backward(dY, zeros(4, 4, 5), null)),
        bad("gradient of c_n has shape [2, 4, 5]; expected [4, 4, 5]", () -> backward(dY, null, zeros(2, 4, 5))),
        bad("gradient of y has shape [1, 6, 4]; expected [6, 4]",
            () -> backward(zeros(6, 3), zeros(1, 6, 4), null, null)),
        bad("gradient of c_n (of an x without a batch dimension) has shape [4, 1, 5]; expected [4, 5]",
            () -> backward(zeros(6, 3), zeros(6, 4), null, zeros(4, 1, 5))));
  }

  /** A refused backward pass leaves the tape usable: nothing was computed, nothing is half-set. */
  @Test
  void aTapeOutlivesARefusal() {
    try (Lstm lstm = Lstm.create(OPTIONS, 1, new Execution(new ScalarKernels(), 1));
        RecurrentTape tape = lstm.run(RecurrentInput.of(zeros(4, 6, 3)), Mode.TRAINING)) {
      Tensor dHn = zeros(4, 4, 2);
      Arrays.fill(dHn.data(), Float.NaN);
      assertThrows(IllegalArgumentException.class, () -> tape.backward(zeros(4, 6, 4), dHn, zeros(1)));
      RecurrentGradients gradients = tape.backward(zeros(4, 6, 4), null, null);
      for (float value : gradients.h0().data()) {
        assertEquals(0f, value, "the refused gradient of h_n was used");
      }
    }
  }

  @Test
  void statesOfATapeAreNamed() {
    Lstm lstm = Lstm.create(OPTIONS, 1, new Execution(new ScalarKernels(), 1));
    try (lstm) {
      String set =
          assertThrows(IllegalArgumentException.class, () -> lstm.set("weight_hh_l1", zeros(20, 3))).getMessage();
      assertEquals("weight_hh_l1 has shape [20, 3]; expected [20, 2]", set);
      String name =
          assertThrows(IllegalArgumentException.class, () -> lstm.set("weight_hh", zeros(20, 2))).getMessage();
      assertTrue(
          name != null && name.startsWith("no parameter weight_hh; there are [weight_ih_l0, weight_hh_l0,"), name);
      String none =
          assertThrows(IllegalStateException.class, () -> lstm.parameters().get("bias_hh_l0").gradient()).getMessage();
      assertEquals("bias_hh_l0 has no gradient: no training pass was made", none);
      try (RecurrentTape tape = lstm.run(RecurrentInput.of(zeros(4, 6, 3)), Mode.INFERENCE)) {
        String served =
            assertThrows(IllegalStateException.class, () -> tape.backward(zeros(4, 6, 4), null, null)).getMessage();
        assertEquals("the run was made for inference: run the layer with Mode.TRAINING", served);
      }
      RecurrentTape closed = lstm.run(RecurrentInput.of(zeros(4, 6, 3)), Mode.TRAINING);
      try (closed) {
        closed.backward(zeros(4, 6, 4), null, null);
        String twice =
            assertThrows(IllegalStateException.class, () -> closed.backward(zeros(4, 6, 4), null, null)).getMessage();
        assertEquals("this tape was used before: run the layer forward again", twice);
      }
      RecurrentTape unused = lstm.run(RecurrentInput.of(zeros(4, 6, 3)), Mode.TRAINING);
      unused.close();
      assertThrows(IllegalStateException.class, () -> unused.backward(zeros(4, 6, 4), null, null));
      unused.close();
    }
    assertThrows(IllegalStateException.class, () -> lstm.run(RecurrentInput.of(zeros(4, 6, 3))));
    lstm.close();
  }
}
