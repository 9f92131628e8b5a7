package io.github.lstm4j.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lstm4j.layer.Parameter;
import io.github.lstm4j.memory.Tensor;
import io.github.lstm4j.model.SequenceModel;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** Comparisons bit by bit: every NaN is one NaN, −0 differs from +0. */
public final class ModelBits {
  private ModelBits() {}

  /** A copy of all parameters as bits, by name. */
  public static Map<String, String> of(SequenceModel model) {
    Map<String, String> bits = new LinkedHashMap<>();
    for (Parameter parameter : model.parameters()) {
      bits.put(parameter.name(), Arrays.toString(of(parameter.value().toArray())));
    }
    return bits;
  }

  /** A copy of all gradients as bits, by name. */
  public static Map<String, String> ofGradients(SequenceModel model) {
    Map<String, String> bits = new LinkedHashMap<>();
    for (Parameter parameter : model.parameters()) {
      bits.put(parameter.name(), Arrays.toString(of(parameter.gradient().toArray())));
    }
    return bits;
  }

  /** Bits of floats. */
  public static int[] of(float[] values) {
    return IntStream.range(0, values.length).map(i -> Float.floatToIntBits(values[i])).toArray();
  }

  /** Fails unless shapes and bits are the same. */
  public static void assertSame(Tensor expected, Tensor actual, String message) {
    assertEquals(expected.shapeText(), actual.shapeText(), message);
    assertEquals(Arrays.toString(of(expected.data())), Arrays.toString(of(actual.data())), message);
  }
}
