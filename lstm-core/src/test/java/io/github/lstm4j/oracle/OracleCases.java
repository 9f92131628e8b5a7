package io.github.lstm4j.oracle;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/** Random cases for jqwik. They shrink towards small sizes and plain options. */
public final class OracleCases {
  private OracleCases() {}

  /**
   * Sizes up to what crosses the edges of vectors and tiles: input 1–20, hidden 1–40 (mostly small, with 1, 15, 16, 17
   * and 33 as edges), layers 1–3, batch 1–6, steps 1–9, and every option.
   *
   * @param cells which cells to draw from; all if none are given
   * @return an arbitrary
   */
  public static Arbitrary<OracleCase> any(Cell... cells) {
    Arbitrary<Integer> hidden =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.integers().between(1, 8)),
            Tuple.of(2, Arbitraries.of(1, 15, 16, 17, 33)),
            Tuple.of(2, Arbitraries.integers().between(1, 40)));
    return cases(cells, 20, hidden, 3, 6, 9);
  }

  /**
   * Those of {@link #any} that a property is about: every try is one, where an assumption would waste most.
   *
   * @param wanted whether it is
   * @return an arbitrary
   */
  public static Arbitrary<OracleCase> with(Predicate<RecurrentConfig> wanted) {
    return any().filter(values -> wanted.test(values.config()));
  }

  /**
   * Sizes small enough to try every element of every tensor one by one.
   *
   * @param cells which cells to draw from; all if none are given
   * @return an arbitrary
   */
  public static Arbitrary<OracleCase> small(Cell... cells) {
    return cases(cells, 3, Arbitraries.integers().between(1, 3), 2, 2, 4);
  }

  private static Arbitrary<OracleCase> cases(
      Cell[] cells, int maxInput, Arbitrary<Integer> hidden, int maxLayers, int maxBatch, int maxSteps) {
    Arbitrary<Sizes> sizes =
        Combinators.combine(upTo(maxInput), hidden, upTo(maxLayers), upTo(maxBatch), upTo(maxSteps)).as(Sizes::new);
    Arbitrary<Boolean> flag = Arbitraries.of(false, true);
    Arbitrary<Integer> projection = Arbitraries.integers().between(0, 60).withoutEdgeCases();
    Arbitrary<Options> options = Combinators.combine(flag, flag, flag, projection).as(Options::new);
    Arbitrary<Cell> cell = Arbitraries.of(cells.length == 0 ? Cell.values() : cells);
    Arbitrary<Long> seed =
        Arbitraries.longs().withDistribution(RandomDistribution.uniform()).withoutEdgeCases().dontShrink();
    // Rarely 2: over many steps its worst-case bounds grow past the numbers themselves, see OracleBoundsTest.
    Arbitrary<Double> scale = Arbitraries.frequency(Tuple.of(3, 1.0), Tuple.of(2, 0.5), Tuple.of(1, 2.0));
    return Combinators.combine(cell, sizes, options, seed, scale).as(OracleCases::build);
  }

  private static Arbitrary<Integer> upTo(int max) {
    return Arbitraries.integers().between(1, max);
  }

  private record Sizes(int input, int hidden, int layers, int batch, int steps) {}

  /** Of a projection in 0..60 the first half means none; the others are wrapped into what the hidden size allows. */
  private record Options(boolean noBias, boolean bidirectional, boolean packed, int projection) {
    int projSize(Cell cell, int hidden) {
      boolean none = cell != Cell.LSTM || hidden == 1 || projection <= 30;
      return none ? 0 : 1 + projection % (hidden - 1);
    }
  }

  private static OracleCase build(Cell cell, Sizes sizes, Options options, long seed, double scale) {
    SplittableRandom random = new SplittableRandom(~seed); // lengths must not take numbers from the values' stream
    List<Integer> lengths =
        IntStream.range(0, options.packed ? sizes.batch : 0)
            .mapToObj(_ -> 1 + random.nextInt(sizes.steps))
            .toList();
    RecurrentConfig config =
        new RecurrentConfig(
            cell,
            sizes.input,
            sizes.hidden,
            sizes.layers,
            !options.noBias,
            options.bidirectional,
            options.projSize(cell, sizes.hidden),
            sizes.batch,
            sizes.steps,
            lengths);
    return OracleCase.random(config, seed, scale);
  }
}
