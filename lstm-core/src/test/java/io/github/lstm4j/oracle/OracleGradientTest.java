package io.github.lstm4j.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.BitSet;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The oracle's backward pass against differences of its own forward pass, every element of every tensor. */
class OracleGradientTest {
  /**
   * The step of the five-point stencil, whose truncation error is δ⁴·f⁽⁵⁾/30 = 1.2e-16·f⁽⁵⁾ and whose rounding error
   * about 1.5·2⁻⁵³·|loss|/δ = 7e-13·|loss|: both far below the smallest tolerance, 1e-8, for fifth derivatives up to
   * 10⁷ and losses up to 10³.
   */
  private static final double STEP = 0x1p-12;

  private static final int[] OFFSETS = {-2, -1, 1, 2};
  private static final double[] STENCIL = {1.0 / 12, -8.0 / 12, 8.0 / 12, -1.0 / 12};

  @Property(tries = 200)
  void lstm(@ForAll("lstmCases") OracleCase values) {
    gradientsAreDifferences(values);
  }

  @Property(tries = 200)
  void gru(@ForAll("gruCases") OracleCase values) {
    gradientsAreDifferences(values);
  }

  @Property(tries = 200)
  void rnnTanh(@ForAll("rnnTanhCases") OracleCase values) {
    gradientsAreDifferences(values);
  }

  /**
   * A case with a kink between the points of a stencil is discarded; maxDiscardRatio fails the test if half of them
   * are.
   */
  @Property(tries = 400, maxDiscardRatio = 1)
  void rnnRelu(@ForAll("rnnReluCases") OracleCase values) {
    gradientsAreDifferences(values);
  }

  @Provide
  Arbitrary<OracleCase> lstmCases() {
    return OracleCases.small(Cell.LSTM);
  }

  @Provide
  Arbitrary<OracleCase> gruCases() {
    return OracleCases.small(Cell.GRU);
  }

  @Provide
  Arbitrary<OracleCase> rnnTanhCases() {
    return OracleCases.small(Cell.RNN_TANH);
  }

  @Provide
  Arbitrary<OracleCase> rnnReluCases() {
    return OracleCases.small(Cell.RNN_RELU);
  }

  private static void gradientsAreDifferences(OracleCase values) {
    Result result = RecurrentOracle.run(values);
    RecurrentOracle.Loss loss = RecurrentOracle.loss(values);
    assertEquals(loss.value(), result.loss());
    for (String name : values.config().inputNames()) {
      if (name.startsWith("seed.")) {
        continue;
      }
      String gradient = "grad." + (name.startsWith("in.") ? name.substring(3) : name);
      for (int i = 0; i < values.config().size(name); i++) {
        double expected = difference(values, name, i, loss.positive());
        double actual = result.tensor(gradient).value(i);
        double tolerance = 1e-6 * Math.max(Math.max(Math.abs(actual), Math.abs(expected)), 1e-2);
        if (!(Math.abs(actual - expected) <= tolerance)) {
          fail(gradient + "[" + i + "] is " + actual + ", the difference is " + expected + " in " + values);
        }
      }
    }
  }

  private static double difference(OracleCase values, String name, int index, BitSet positive) {
    double sum = 0;
    for (int k = 0; k < OFFSETS.length; k++) {
      RecurrentOracle.Loss loss = RecurrentOracle.loss(values.moved(name, index, OFFSETS[k] * STEP));
      Assume.that(values.config().cell() != Cell.RNN_RELU || loss.positive().equals(positive));
      sum += STENCIL[k] * loss.value();
    }
    return sum / STEP;
  }
}
