package io.github.lstm4j.layer;

import io.github.lstm4j.kernels.KernelSelection;
import io.github.lstm4j.oracle.OracleCase;
import io.github.lstm4j.oracle.OracleCases;
import io.github.lstm4j.oracle.RecurrentConfig;
import io.github.lstm4j.oracle.RecurrentOracle;
import io.github.lstm4j.oracle.Result;
import io.github.lstm4j.random.CounterRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The order of the sequences in a batch: it orders the results and changes nothing else. */
class PermutationTest {
  @Provide
  Arbitrary<OracleCase> cases() {
    return OracleCases.any();
  }

  @Property(tries = 150)
  void permutingTheBatchPermutesTheResults(@ForAll("cases") OracleCase values, @ForAll long seed) {
    RecurrentConfig config = values.config();
    int[] order = CounterRandom.permutation(seed, 0, config.batch());
    List<Integer> lengths = new ArrayList<>();
    if (!config.lengths().isEmpty()) {
      for (int from : order) {
        lengths.add(config.lengths().get(from));
      }
    }
    RecurrentConfig permutedConfig =
        new RecurrentConfig(
            config.cell(), config.inputSize(), config.hiddenSize(), config.layers(), config.bias(),
            config.bidirectional(), config.projSize(), config.batch(), config.steps(), lengths);
    Map<String, double[]> tensors = new LinkedHashMap<>();
    for (String name : config.inputNames()) {
      double[] numbers = values.values(name);
      tensors.put(name, name.contains(".") ? permuted(name, numbers, config, order) : numbers);
    }
    OracleCase permuted = new OracleCase(permutedConfig, tensors, values + " permuted");

    Map<String, float[]> plain = CaseRun.train(values, KernelSelection.best(), 1, 0);
    Map<String, float[]> actual = CaseRun.train(permuted, KernelSelection.best(), 1, 0);
    Result oracle = RecurrentOracle.run(values);
    actual.forEach((name, results) -> {
      if (name.contains("_l")) { // added in another order
        LayerOracleTest.assertWithinBounds(oracle.tensor(name), name, results, permuted);
      } else {
        double[] expected = permuted(name, widened(CaseRun.result(plain, name)), config, order);
        CaseRun.assertSameBits(name, narrowed(expected), results, permuted);
      }
    });
  }

  /** The sequences in another order; states are [D·layers, batch, ·], all else [batch, steps, ·]. */
  private static double[] permuted(String name, double[] values, RecurrentConfig config, int[] order) {
    List<Integer> shape = config.shape(name);
    boolean states = !name.endsWith(".x") && !name.endsWith(".y");
    int blocks = states ? shape.getFirst() : 1;
    int size = states ? shape.getLast() : shape.get(1) * shape.getLast();
    double[] result = new double[values.length];
    for (int block = 0; block < blocks; block++) {
      for (int b = 0; b < order.length; b++) {
        System.arraycopy(
            values, (block * order.length + order[b]) * size, result, (block * order.length + b) * size, size);
      }
    }
    return result;
  }

  private static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  private static float[] narrowed(double[] values) {
    float[] narrow = new float[values.length];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (float) values[i];
    }
    return narrow;
  }
}
