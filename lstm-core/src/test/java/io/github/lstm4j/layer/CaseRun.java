package io.github.lstm4j.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.memory.Tensor;
import io.github.lstm4j.oracle.OracleCase;
import io.github.lstm4j.oracle.RecurrentConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs the oracle's cases through the library; results have the oracle's names: out.y, grad.x, grad.weight_ih_l0, … */
public final class CaseRun {
  /** The key of dropout masks, where a case is run with some. */
  static final Noise NOISE = new Noise(5, 3);

  private CaseRun() {}

  /**
   * The options of a case.
   *
   * @param config the oracle's words
   * @return the library's words
   */
  public static RecurrentOptions options(RecurrentConfig config) {
    return RecurrentOptions.of(CellKind.valueOf(config.cell().name()), config.inputSize(), config.hiddenSize())
        .withLayers(config.layers())
        .withBias(config.bias())
        .withBidirectional(config.bidirectional())
        .withProjSize(config.projSize());
  }

  /** A layer with a case's parameters; close it. */
  static Recurrent layer(OracleCase values, RecurrentOptions options, Kernels kernels, int threads) {
    return layer(values, options, new Execution(kernels, threads));
  }

  /** A layer with a case's parameters, computed as given; close it. */
  static Recurrent layer(OracleCase values, RecurrentOptions options, Execution execution) {
    Recurrent layer = Recurrent.of(options, 0, execution);
    values.config().parameterNames().forEach(name -> layer.set(name, tensor(values, name)));
    return layer;
  }

  /** A case's tensor under its name in the oracle. */
  static Tensor tensor(OracleCase values, String name) {
    return Tensor.of(values.floats(name), values.config().shape(name).stream().mapToInt(Integer::intValue).toArray());
  }

  /** A case's tensor of cell states; null where the cell has none. */
  static @Nullable Tensor cellTensor(OracleCase values, String name) {
    return values.config().hasCellState() ? tensor(values, name) : null;
  }

  /** What a case runs on. */
  static RecurrentInput input(OracleCase values) {
    List<Integer> lengths = values.config().lengths();
    return RecurrentInput.of(tensor(values, "in.x"))
        .withState(tensor(values, "in.h0"), cellTensor(values, "in.c0"))
        .withLengths(lengths.isEmpty() ? null : lengths.stream().mapToInt(Integer::intValue).toArray());
  }

  /**
   * Forward and backward.
   *
   * @param values the case
   * @param kernels what computes
   * @param threads on how many threads
   * @param dropout between layers; the oracle has none
   * @return outputs and all gradients by name, row-major
   */
  public static Map<String, float[]> train(OracleCase values, Kernels kernels, int threads, float dropout) {
    return train(values, new Execution(kernels, threads), dropout);
  }

  /** Forward and backward, computed as given. */
  static Map<String, float[]> train(OracleCase values, Execution execution, float dropout) {
    RecurrentOptions options = options(values.config()).withDropout(dropout);
    try (Recurrent layer = layer(values, options, execution)) {
      return train(layer, values, input(values));
    }
  }

  /** Forward and backward with a case's gradients of the outputs. */
  static Map<String, float[]> train(Recurrent layer, OracleCase values, RecurrentInput input) {
    try (RecurrentTape tape = layer.run(input, Mode.TRAINING, NOISE)) {
      Map<String, float[]> results = outputs(tape.output());
      RecurrentGradients gradients =
          tape.backward(tensor(values, "seed.y"), tensor(values, "seed.hn"), cellTensor(values, "seed.cn"));
      results.putAll(gradients(gradients, layer.parameters()));
      return results;
    }
  }

  /**
   * Forward alone.
   *
   * @param values the case
   * @param kernels what computes
   * @param threads on how many threads
   * @return outputs by name, row-major
   */
  public static Map<String, float[]> serve(OracleCase values, Kernels kernels, int threads) {
    return serve(values, new Execution(kernels, threads));
  }

  /** Forward alone, computed as given. */
  static Map<String, float[]> serve(OracleCase values, Execution execution) {
    try (Recurrent layer = layer(values, options(values.config()), execution)) {
      return outputs(layer.run(input(values)));
    }
  }

  /** Outputs by name. */
  static Map<String, float[]> outputs(RecurrentOutput output) {
    Map<String, float[]> results = new LinkedHashMap<>();
    results.put("out.y", output.y().data());
    results.put("out.hn", output.hn().data());
    if (output.cn() != null) {
      results.put("out.cn", output.cn().data());
    }
    return results;
  }

  /** One result that must be there. */
  static float[] result(Map<String, float[]> results, String name) {
    return Objects.requireNonNull(results.get(name), name);
  }

  /** Gradients by name; that of x only where it was wanted. */
  static Map<String, float[]> gradients(RecurrentGradients gradients, Parameters parameters) {
    Map<String, float[]> results = new LinkedHashMap<>();
    if (gradients.x() != null) {
      results.put("grad.x", gradients.x().data());
    }
    results.put("grad.h0", gradients.h0().data());
    if (gradients.c0() != null) {
      results.put("grad.c0", gradients.c0().data());
    }
    parameters.all().forEach(p -> results.put("grad." + p.name(), p.gradientTensor().data()));
    return results;
  }

  /**
   * Fails unless all results have equal bits: every NaN is one NaN, −0 differs from +0.
   *
   * @param expected results by name
   * @param actual results by name
   * @param context what was run, for the message
   */
  public static void assertSameBits(Map<String, float[]> expected, Map<String, float[]> actual, Object context) {
    assertEquals(expected.keySet(), actual.keySet(), context::toString);
    expected.forEach((name, values) -> assertSameBits(name, values, result(actual, name), context));
  }

  /** Fails unless two arrays have equal bits. */
  static void assertSameBits(String name, float[] expected, float[] actual, Object context) {
    assertEquals(expected.length, actual.length, () -> name + " of " + context);
    for (int i = 0; i < expected.length; i++) {
      if (Float.floatToIntBits(expected[i]) != Float.floatToIntBits(actual[i])) {
        fail(name + "[" + i + "] is " + actual[i] + "; expected the bits of " + expected[i] + " in " + context);
      }
    }
  }
}
