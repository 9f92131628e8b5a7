package io.github.lstm4j.layer;

import static io.github.lstm4j.layer.CaseRun.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lstm4j.kernels.Nonlinearity;
import io.github.lstm4j.memory.Memory;
import io.github.lstm4j.memory.Tensor;
import io.github.lstm4j.testing.Drawn;
import io.github.lstm4j.testing.Refusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cells, step by step: the bits of the layer over the whole sequence. */
class StepCellTest {
  private static final int BATCH = 3;
  private static final int STEPS = 6;
  private static final int INPUT = 5;
  private static final int HIDDEN = 17;

  private static StepCell cell(CellKind kind, boolean bias) {
    return switch (kind) {
      case LSTM -> new LstmCell(INPUT, HIDDEN, bias, 7);
      case GRU -> new GruCell(INPUT, HIDDEN, bias, 7);
      case RNN_TANH -> new RnnCell(INPUT, HIDDEN, bias, Nonlinearity.TANH, 7);
      case RNN_RELU -> new RnnCell(INPUT, HIDDEN, bias, Nonlinearity.RELU, 7);
    };
  }

  private static StepCell.State forward(StepCell cell, Tensor x, @Nullable Tensor h, @Nullable Tensor c) {
    return switch (cell) {
      case LstmCell lstm -> lstm.forward(x, h, c);
      case GruCell gru -> new StepCell.State(gru.forward(x, h), null);
      case RnnCell rnn -> new StepCell.State(rnn.forward(x, h), null);
    };
  }

  @ParameterizedTest
  @CsvSource({
    "LSTM,true", "LSTM,false", "GRU,true", "GRU,false", "RNN_TANH,true", "RNN_TANH,false", "RNN_RELU,true",
    "RNN_RELU,false"
  })
  void stepByStepIsTheLayer(CellKind kind, boolean bias) {
    long before = Memory.liveBytes();
    Tensor x = Drawn.tensor(1, STEPS, BATCH, INPUT);
    RecurrentOptions options = RecurrentOptions.of(kind, INPUT, HIDDEN).withBias(bias).withBatchFirst(false);
    try (StepCell cell = cell(kind, bias); Recurrent layer = Recurrent.of(options, 99, Execution.of(2))) {
      List<String> names = new ArrayList<>(List.of("weight_ih", "weight_hh"));
      names.addAll(bias ? List.of("bias_ih", "bias_hh") : List.of());
      assertEquals(names, List.copyOf(cell.parameters().keySet()));
      cell.parameters().forEach((name, parameter) -> layer.set(name + "_l0", parameter.toTensor()));
      RecurrentOutput expected = layer.run(RecurrentInput.of(x));
      StepCell.State state = null;
      for (int t = 0; t < STEPS; t++) {
        int size = BATCH * INPUT;
        Tensor step = Tensor.of(Arrays.copyOfRange(x.data(), t * size, (t + 1) * size), BATCH, INPUT);
        state = forward(cell, step, state == null ? null : state.h(), state == null ? null : state.c());
        int rows = BATCH * HIDDEN;
        float[] y = Arrays.copyOfRange(expected.y().data(), t * rows, (t + 1) * rows);
        assertSameBits("h", y, state.h().data(), kind + ", step " + t);
        assertEquals("[3, 17]", state.h().shapeText());
      }
      assertEquals(kind == CellKind.LSTM, Objects.requireNonNull(state).c() != null);
      if (expected.cn() != null) {
        assertSameBits("c", expected.cn().data(), Objects.requireNonNull(state.c()).data(), kind);
      }
    }
    assertEquals(before, Memory.liveBytes());
  }

  @Test
  void wrongShapesAreNamed() {
    Class<IllegalArgumentException> type = IllegalArgumentException.class;
    try (LstmCell lstm = new LstmCell(3, 5, true, 1); GruCell gru = new GruCell(3, 5, true, 1)) {
      Tensor x = Tensor.zeros(2, 3);
      Refusal.of(type, () -> gru.forward(Tensor.zeros(2, 4), null), "x has shape [2, 4]; expected [batch, 3]");
      Refusal.of(type, () -> gru.forward(Tensor.zeros(3), null), "x has shape [3]; expected [batch, 3]");
      Refusal.of(type, () -> gru.forward(Tensor.zeros(0, 3), null), "batch 0");
      Refusal.of(type, () -> gru.forward(x, Tensor.zeros(1, 5)), "h has shape [1, 5]; expected [2, 5]");
      Refusal.of(type, () -> lstm.forward(x, null, Tensor.zeros(2, 3)), "c has shape [2, 3]; expected [2, 5]");
      Refusal.of(type, () -> lstm.set("weight_ih", Tensor.zeros(15, 3)), "weight_ih", "[15, 3]", "[20, 3]");
      Refusal.of(type, () -> lstm.set("weight", Tensor.zeros(15, 3)), "no parameter weight");
    }
    Refusal.of(type, () -> new GruCell(0, 5, true, 1), "input_size is 0");
    Refusal.of(type, () -> new RnnCell(3, -1, true, Nonlinearity.RELU, 1), "hidden_size is -1");
  }
}
