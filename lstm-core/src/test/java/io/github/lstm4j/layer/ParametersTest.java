package io.github.lstm4j.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import io.github.lstm4j.memory.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Parameters: names in order, separate storage on cache lines, and what does not fit. */
class ParametersTest {
  private static final List<ParameterSpec> SPECS = List.of(
      new ParameterSpec("b", List.of(3)), new ParameterSpec("a", List.of(2, 5)), new ParameterSpec("e", List.of(0, 4)));

  @Test
  void valuesAndGradientsDoNotOverlap() {
    long live = Memory.liveBytes();
    try (Parameters parameters = Parameters.allocate(SPECS)) {
      assertEquals(List.of("b", "a", "e"), List.copyOf(parameters.byName().keySet()));
      assertEquals(13, parameters.elements());
      assertEquals(128, parameters.bytes());
      parameters.allocateGradients();
      Matrix gradient = parameters.get("a").gradient();
      parameters.allocateGradients();
      assertSame(gradient, parameters.get("a").gradient());
      assertEquals(256, parameters.bytes());
      int number = 0;
      for (Parameter parameter : parameters.all()) {
        for (Matrix matrix : new Matrix[] {parameter.value(), parameter.gradient()}) {
          assertArrayEquals(new float[(int) parameter.elements()], matrix.toArray(), "untouched by those before");
          assertEquals(0, matrix.segment().address() % Memory.ALIGNMENT);
          matrix.fill(++number);
        }
      }
      assertArrayEquals(new float[] {1, 1, 1}, parameters.get("b").toTensor().data());
      assertArrayEquals(new int[] {2, 5}, parameters.get("a").gradientTensor().shape());
      assertEquals(4f, parameters.get("a").gradientTensor().get(1, 4));
      parameters.zeroGradients();
      assertEquals(0f, parameters.get("a").gradient().get(1, 4));
      assertEquals(3f, parameters.get("a").value().get(1, 4));
    }
    assertEquals(live, Memory.liveBytes());
  }

  @Test
  void settingTellsTheLayers() {
    try (Parameters parameters = Parameters.allocate(SPECS)) {
      Parameter a = parameters.get("a");
      int version = a.version();
      a.set(Tensor.of(new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, 2, 5));
      assertEquals(7f, a.value().get(1, 2));
      assertNotEquals(version, a.version());
      assertTrue(a.trainable());
      assertEquals("a[2, 5]", a.toString());
      assertMessage("a has shape [5, 2]; expected [2, 5]", () -> a.set(Tensor.zeros(5, 2)));
      assertMessage("b has shape [1, 3]; expected [3]", () -> parameters.get("b").set(Tensor.zeros(1, 3)));
      String message = assertThrows(IllegalStateException.class, a::gradient).getMessage();
      assertEquals("a has no gradient: no training pass was made", message);
      assertThrows(UnsupportedOperationException.class, () -> parameters.all().clear());
      assertThrows(UnsupportedOperationException.class, () -> parameters.byName().clear());
    }
  }

  @Test
  void badInput() {
    long live = Memory.liveBytes();
    try (Parameters parameters = Parameters.allocate(SPECS)) {
      assertMessage("no parameter c; there are [b, a, e]", () -> parameters.get("c"));
    }
    assertMessage(
        "parameter b stands twice: give layers different names",
        () -> Parameters.allocate(List.of(SPECS.getFirst(), SPECS.get(1), SPECS.getFirst())));
    assertMessage(
        "parameter w has shape []; expected a vector or a matrix", () -> new ParameterSpec("w", List.of()));
    assertMessage(
        "parameter w has shape [1, 2, 3]; expected a vector or a matrix",
        () -> new ParameterSpec("w", List.of(1, 2, 3)));
    assertMessage(
        "parameter w has shape [-2, -3]; expected sizes of 0 or more", () -> new ParameterSpec("w", List.of(-2, -3)));
    assertEquals(live, Memory.liveBytes());
  }

  @Test
  void useAfterClose() {
    Parameters parameters = Parameters.allocate(SPECS);
    Parameter a = parameters.get("a");
    parameters.close();
    parameters.close();
    assertThrows(IllegalStateException.class, a::toTensor);
    assertThrows(IllegalStateException.class, () -> a.set(Tensor.zeros(2, 5)));
    assertThrows(IllegalStateException.class, parameters::allocateGradients);
  }

  private static void assertMessage(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
