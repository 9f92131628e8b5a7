package io.github.lstm4j.oracle;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** A bound is worth something only where it is small beside the number: how often that is so, for whoever uses them. */
class OracleBoundsTest {
  /** A wrong formula moves results by more than this share of a tensor's largest element. */
  private static final double TELLING = 1e-2;

  @Property(tries = 400)
  void boundsAreMostlyTelling(@ForAll("cases") OracleCase values) {
    Result result = RecurrentOracle.run(values);
    double worst = 0;
    for (Reals tensor : result.tensors().values()) {
      double[] bounds = tensor.bounds();
      assertTrue(Arrays.stream(bounds).allMatch(bound -> bound > 0), () -> "a bound is not positive in " + values);
      Arrays.sort(bounds);
      double largest = Arrays.stream(tensor.values()).map(Math::abs).max().orElseThrow();
      if (largest > 0) {
        worst = Math.max(worst, bounds[bounds.length / 2] / largest);
      }
    }
    // Counted by a case's worst tensor; measured 86 %.
    Statistics.label("telling").collect(worst <= TELLING).coverage(c -> c.check(true).percentage(p -> p >= 70));
  }

  @Property(tries = 200)
  void outputsPastALengthAreExactlyZero(@ForAll("cases") OracleCase values) {
    RecurrentConfig config = values.config();
    Result result = RecurrentOracle.run(values);
    int outputs = config.shape("out.y").getLast();
    for (int b = 0; b < config.batch(); b++) {
      for (int i = config.length(b) * outputs; i < config.steps() * outputs; i++) {
        assertTrue(result.y().value(b * config.steps() * outputs + i) == 0, values::toString);
      }
      for (int i = config.length(b) * config.inputSize(); i < config.steps() * config.inputSize(); i++) {
        assertTrue(result.gradX().value(b * config.steps() * config.inputSize() + i) == 0, values::toString);
      }
    }
  }

  @Provide
  Arbitrary<OracleCase> cases() {
    return OracleCases.any();
  }
}
