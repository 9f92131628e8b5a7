package io.github.lstm4j.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lstm4j.memory.Memory;
import io.github.lstm4j.memory.Tensor;
import io.github.lstm4j.testing.Drawn;
import io.github.lstm4j.testing.Refusal;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a tape shows of its gates is what PyTorch's formulas give, evaluated here in double precision from the outputs.
 */
class GateTest {
  private static final int BATCH = 3;
  private static final int STEPS = 5;
  private static final int INPUT = 4;
  private static final int HIDDEN = 7;
  private static final int[] LENGTHS = {3, 5, 2};

  /** ADR 2: sigmoid within 2e-7, tanh at most 5 ulp, which below 1 are at most 2⁻²⁴ each. */
  private static final double ACTIVATION = Math.max(2e-7, 5 * 0x1p-24);
  /**
   * A chain of n roundings is off by at most n·2⁻²⁴ of the sum of magnitudes, to first order; the 1 pays for the rest.
   */
  private static final double SUM = (INPUT + HIDDEN + 2 + 1) * 0x1p-24;

  private static final double FORGET_BIAS = 0.5;

  private static RecurrentOptions options(CellKind cell) {
    RecurrentOptions options = RecurrentOptions.of(cell, INPUT, HIDDEN).withBidirectional(true);
    return cell == CellKind.LSTM ? options.withForgetBias((float) FORGET_BIAS) : options;
  }

  @ParameterizedTest
  @CsvSource({"LSTM,0", "LSTM,1", "GRU,0", "GRU,1"})
  void gatesAreWhatTheFormulasGive(CellKind cell, int direction) {
    Tensor x = Drawn.tensor(3, BATCH, STEPS, INPUT);
    try (Recurrent layer = Recurrent.of(options(cell), 5);
        RecurrentTape tape = layer.run(RecurrentInput.of(x).withLengths(LENGTHS), Mode.TRAINING)) {
      List<Gate> gates = Gate.of(cell);
      for (int block = 0; block < gates.size(); block++) {
        Tensor values = tape.gate(gates.get(block), 0, direction);
        assertArrayEquals(new int[] {BATCH, STEPS, HIDDEN}, values.shape());
        for (int b = 0; b < BATCH; b++) {
          for (int t = 0; t < STEPS; t++) {
            for (int u = 0; u < HIDDEN; u++) {
              if (t >= LENGTHS[b]) {
                assertEquals(0, values.get(b, t, u), "past the length");
              } else {
                assertGate(
                    layer, tape, x, gates.get(block), block, new int[] {b, t, direction, u}, values.get(b, t, u));
              }
            }
          }
        }
      }
    }
  }

  private static void assertGate(
      Recurrent layer, RecurrentTape tape, Tensor x, Gate gate, int block, int[] at, double value) {
    String suffix = at[2] == 0 ? "_l0" : "_l0_reverse";
    int row = block * HIDDEN + at[3];
    double size = 0;
    double fromInput = layer.parameters().get("bias_ih" + suffix).toTensor().get(row);
    size += Math.abs(fromInput);
    Tensor weightIh = layer.parameters().get("weight_ih" + suffix).toTensor();
    for (int k = 0; k < INPUT; k++) {
      double term = (double) weightIh.get(row, k) * x.get(at[0], at[1], k);
      fromInput += term;
      size += Math.abs(term);
    }
    double fromState = layer.parameters().get("bias_hh" + suffix).toTensor().get(row);
    size += Math.abs(fromState);
    Tensor weightHh = layer.parameters().get("weight_hh" + suffix).toTensor();
    int before = at[2] == 0 ? at[1] - 1 : at[1] + 1;
    for (int k = 0; k < HIDDEN && before >= 0 && before < LENGTHS[at[0]]; k++) {
      double term = (double) weightHh.get(row, k) * tape.output().y().get(at[0], before, at[2] * HIDDEN + k);
      fromState += term;
      size += Math.abs(term);
    }
    double bound = ACTIVATION + SUM * size;
    if (layer.options().cell() == CellKind.GRU && gate == Gate.CANDIDATE) {
      double reset = tape.gate(Gate.RESET, 0, at[2]).get(at[0], at[1], at[3]); // n = tanh(from input + r·from state)
      fromState *= reset;
    }
    double sum = fromInput + fromState;
    double expected = gate == Gate.CANDIDATE ? Math.tanh(sum) : 1 / (1 + Math.exp(-sum)); // both of slope 1 at most
    assertEquals(expected, value, bound, gate + " at " + List.of(at[0], at[1], at[2], at[3]));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theCellStateIsWhatTheGatesMakeOfIt(boolean batchFirst) {
    RecurrentOptions options = options(CellKind.LSTM).withBatchFirst(batchFirst).withLayers(2);
    try (Recurrent layer = Recurrent.of(options, 5);
        RecurrentTape tape = layer.run(RecurrentInput.of(Drawn.tensor(4, STEPS, STEPS, INPUT)), Mode.TRAINING)) {
      Tensor i = tape.gate(Gate.INPUT, 1, 0);
      Tensor f = tape.gate(Gate.FORGET, 1, 0);
      Tensor g = tape.gate(Gate.CANDIDATE, 1, 0);
      Tensor o = tape.gate(Gate.OUTPUT, 1, 0);
      Tensor c = tape.cellStates(1, 0);
      for (int b = 0; b < STEPS; b++) {
        double previous = 0;
        for (int t = 0; t < STEPS; t++) {
          int[] at = batchFirst ? new int[] {b, t, 2} : new int[] {t, b, 2};
          double expected = f.get(at) * previous + (double) i.get(at) * g.get(at);
          previous = c.get(at);
          assertEquals(expected, previous, 0x1p-23, "two roundings of numbers below 2");
          assertEquals(o.get(at) * Math.tanh(previous), tape.output().y().get(at), ACTIVATION + 0x1p-24);
        }
      }
      Tensor last = Objects.requireNonNull(tape.output().cn());
      int end = STEPS - 1;
      assertEquals(batchFirst ? c.get(1, end, 2) : c.get(end, 1, 2), last.get(2, 1, 2), "c_n of layer 1, forward");
    }
  }

  @Test
  void aSingleSequenceHasNoBatchDimension() {
    try (Recurrent layer = Recurrent.of(RecurrentOptions.of(CellKind.LSTM, INPUT, HIDDEN), 5);
        RecurrentTape tape = layer.run(RecurrentInput.of(Drawn.tensor(4, STEPS, INPUT)), Mode.TRAINING)) {
      assertArrayEquals(new int[] {STEPS, HIDDEN}, tape.gate(Gate.FORGET, 0, 0).shape());
      assertArrayEquals(new int[] {STEPS, HIDDEN}, tape.cellStates(0, 0).shape());
    }
  }

  @Test
  void whatIsNotThereIsRefused() {
    long before = Memory.liveBytes();
    RecurrentInput input = RecurrentInput.of(Drawn.tensor(4, BATCH, STEPS, INPUT));
    Class<IllegalArgumentException> argument = IllegalArgumentException.class;
    Class<IllegalStateException> state = IllegalStateException.class;
    try (Recurrent layer = Recurrent.of(RecurrentOptions.of(CellKind.GRU, INPUT, HIDDEN), 5);
        RecurrentTape inference = layer.run(input, Mode.INFERENCE);
        RecurrentTape tape = layer.run(input, Mode.TRAINING)) {
      Refusal.of(
          argument, () -> tape.gate(Gate.FORGET, 0, 0), "gate is FORGET; expected one of [RESET, UPDATE, CANDIDATE]");
      Refusal.of(argument, () -> tape.gate(Gate.RESET, 1, 0), "layer 1, direction 0; expected a layer of 0 to 0");
      Refusal.of(argument, () -> tape.gate(Gate.RESET, 0, 1), "layer 0, direction 1; expected", "direction of 0 to 0");
      Refusal.of(argument, () -> tape.cellStates(0, 0), "cell is GRU, which has no cell state; expected LSTM");
      Refusal.of(state, () -> inference.gate(Gate.RESET, 0, 0), "the run was made for inference", "Mode.TRAINING");
      tape.backward(Tensor.zeros(BATCH, STEPS, HIDDEN), null, null);
      Refusal.of(state, () -> tape.gate(Gate.RESET, 0, 0), "this tape went backward", "read them before");
    }
    assertEquals(before, Memory.liveBytes());
  }
}
