package io.github.lstm4j.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.lstm4j.kernels.KernelSelection;
import io.github.lstm4j.oracle.Cell;
import io.github.lstm4j.oracle.OracleCase;
import io.github.lstm4j.oracle.OracleCases;
import io.github.lstm4j.oracle.Reals;
import io.github.lstm4j.oracle.RecurrentOracle;
import io.github.lstm4j.oracle.Result;
import java.util.Arrays;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/**
 * Outputs and every gradient against the double-precision oracle, element by element, within the bound that the oracle
 * derives for float32. (The oracle itself is tested against differences.)
 */
class LayerOracleTest {
  /** A bound that is below this share of its tensor's largest element notices a wrong formula. */
  private static final double TELLING = 1e-2;

  @Provide
  Arbitrary<OracleCase> cases() {
    return OracleCases.any();
  }

  @Provide
  Arbitrary<OracleCase> lstmCases() {
    return OracleCases.any(Cell.LSTM);
  }

  /** An LSTM has the most options: it gets as many configurations again by itself. */
  @Property(tries = 1000)
  void everyLstmIsWithinTheDerivedBound(@ForAll("lstmCases") OracleCase values) {
    everythingIsWithinTheDerivedBound(values);
  }

  @Property(tries = 2000)
  void everythingIsWithinTheDerivedBound(@ForAll("cases") OracleCase values) {
    Result expected = RecurrentOracle.run(values);
    assertWithinBounds(expected, CaseRun.train(values, KernelSelection.best(), 1, 0), values);
    // Most bounds must be small beside their numbers, or the line above says little; by a case's worst tensor; measured
    // 88 %.
    boolean telling = expected.tensors().values().stream().allMatch(LayerOracleTest::telling);
    Statistics.label("telling").collect(telling).coverage(c -> c.check(true).percentage(p -> p >= 85));
  }

  private static boolean telling(Reals tensor) {
    double[] bounds = tensor.bounds();
    Arrays.sort(bounds);
    double largest = Arrays.stream(tensor.values()).map(Math::abs).max().orElseThrow();
    return largest == 0 || bounds[bounds.length / 2] <= TELLING * largest;
  }

  /** Fails unless every element is where the oracle allows it. */
  static void assertWithinBounds(Result expected, Map<String, float[]> actual, OracleCase values) {
    assertEquals(expected.tensors().keySet(), actual.keySet());
    actual.forEach((name, array) -> assertWithinBounds(expected.tensor(name), name, array, values));
  }

  /** Fails unless every element is where the oracle allows it. */
  static void assertWithinBounds(Reals expected, String name, float[] actual, OracleCase values) {
    assertEquals(expected.size(), actual.length, name);
    for (int i = 0; i < actual.length; i++) {
      double error = Math.abs(actual[i] - expected.value(i));
      if (!(error <= expected.bound(i))) { // NaN fails
        fail(name + "[" + i + "] is " + actual[i] + "; expected " + expected.value(i) + " ± " + expected.bound(i)
            + " in " + values);
      }
    }
  }
}
