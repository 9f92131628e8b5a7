package io.github.lstm4j.oracle;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * A configuration with numbers: parameters, inputs, initial states, and the gradients that arrive from above. The loss
 * it stands for is sum(seed.y⊙y) + sum(seed.hn⊙hn) + sum(seed.cn⊙cn).
 */
public final class OracleCase {
  private final RecurrentConfig config;
  private final Map<String, double[]> tensors;
  private final String origin;

  /**
   * A case of given numbers.
   *
   * @param config sizes and options
   * @param tensors every tensor of {@link RecurrentConfig#inputNames}, row-major
   * @param origin where the numbers came from, for messages
   * @throws IllegalArgumentException if a tensor is missing or of another size
   */
  public OracleCase(RecurrentConfig config, Map<String, double[]> tensors, String origin) {
    this.config = config;
    this.tensors = new LinkedHashMap<>();
    this.origin = origin;
    for (String name : config.inputNames()) {
      double[] values = tensors.get(name);
      if (values == null || values.length != config.size(name)) {
        throw new IllegalArgumentException(
            origin + ": " + name + " has " + (values == null ? "no" : values.length) + " elements, expected "
                + config.shape(name));
      }
      this.tensors.put(name, values);
    }
  }

  /**
   * A case of random numbers, each of them a float32: weights and biases U(±scale/√H), inputs normal with one in eight
   * zero, states normal (all zero in one case of four), seeds normal.
   *
   * @param config sizes and options
   * @param seed of the random numbers
   * @param scale of the weights; 1 is PyTorch's initialisation
   * @return the case
   */
  public static OracleCase random(RecurrentConfig config, long seed, double scale) {
    SplittableRandom random = new SplittableRandom(seed);
    boolean zeroState = random.nextInt(4) == 0;
    double limit = scale / Math.sqrt(config.hiddenSize());
    Map<String, double[]> tensors = new LinkedHashMap<>();
    for (String name : config.inputNames()) {
      double[] values = new double[config.size(name)];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) draw(name, random, limit, zeroState);
      }
      tensors.put(name, values);
    }
    return new OracleCase(config, tensors, "seed " + seed + ", scale " + scale);
  }

  private static double draw(String name, RandomGenerator random, double limit, boolean zeroState) {
    return switch (name) {
      case "in.x" -> random.nextInt(8) == 0 ? 0 : random.nextGaussian();
      case "in.h0", "in.c0" -> zeroState ? 0 : random.nextGaussian();
      case "seed.y", "seed.hn", "seed.cn" -> random.nextGaussian();
      default -> limit * (2 * random.nextDouble() - 1);
    };
  }

  /**
   * Sizes and options.
   *
   * @return the configuration
   */
  public RecurrentConfig config() {
    return config;
  }

  /**
   * The numbers of one tensor.
   *
   * @param name one of {@link RecurrentConfig#inputNames}
   * @return a copy, row-major
   */
  public double[] values(String name) {
    return tensor(name).clone();
  }

  /**
   * The numbers of one tensor as float32: exact for random cases and stored ones.
   *
   * @param name one of {@link RecurrentConfig#inputNames}
   * @return a copy, row-major
   */
  public float[] floats(String name) {
    double[] values = tensor(name);
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private double[] tensor(String name) {
    double[] values = tensors.get(name);
    if (values == null) {
      throw new IllegalArgumentException("no tensor " + name + " in " + this);
    }
    return values;
  }

  /**
   * The parameters by name, in PyTorch's order.
   *
   * @return copies
   */
  public Map<String, double[]> parameters() {
    Map<String, double[]> parameters = new LinkedHashMap<>();
    config.parameterNames().forEach(name -> parameters.put(name, values(name)));
    return parameters;
  }

  /**
   * The same case with one element moved.
   *
   * @param name the tensor
   * @param index of the element
   * @param delta what is added to it
   * @return a new case
   */
  OracleCase moved(String name, int index, double delta) {
    Map<String, double[]> changed = new LinkedHashMap<>(tensors);
    double[] values = values(name);
    values[index] += delta;
    changed.put(name, values);
    return new OracleCase(config, changed, origin);
  }

  /**
   * A tensor as exact numbers, in rows of its last dimension.
   *
   * @param name the tensor
   * @return a matrix; a vector is one column
   */
  Reals reals(String name) {
    List<Integer> shape = config.shape(name);
    int columns = shape.size() == 1 ? 1 : shape.getLast();
    return Reals.exact(config.size(name) / columns, columns, tensor(name));
  }

  @Override
  public String toString() {
    return config + " (" + origin + ")";
  }
}
