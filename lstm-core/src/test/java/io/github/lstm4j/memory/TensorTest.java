package io.github.lstm4j.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tensors: row-major elements under a shape, and what does not fit one. */
class TensorTest {
  private static final Tensor SIX = Tensor.of(new float[] {0, 1, 2, 3, 4, 5}, 2, 3);

  @Test
  void elementsAreRowMajor() {
    assertEquals(5f, SIX.get(1, 2));
    assertEquals(2f, SIX.get(0, 2));
    assertEquals(3f, SIX.reshape(3, 2).get(1, 1));
    assertEquals(4f, SIX.reshape(6).get(4));
    assertSame(SIX.data(), SIX.reshape(1, 6, 1).data());
    assertSame(SIX, SIX.require("x", 2, 3));
    assertEquals(2, SIX.rank());
    assertEquals(3, SIX.size(1));
    assertEquals("[2, 3]", SIX.shapeText());
    assertEquals("Tensor[2, 3][0.0, 1.0, 2.0, 3.0, 4.0, 5.0]", SIX.toString());
    assertEquals("Tensor[17]", Tensor.zeros(17).toString());
    assertEquals(7f, Tensor.of(new float[] {7}).get());
  }

  @Test
  void theShapeIsCopied() {
    int[] shape = {2, 3};
    Tensor tensor = Tensor.of(new float[6], shape);
    shape[0] = 9;
    tensor.shape()[1] = 9;
    assertArrayEquals(new int[] {2, 3}, tensor.shape());
  }

  @Test
  void noElements() {
    int many = 65_536;
    for (int[] shape : new int[][] {{0}, {0, many, many}, {many, many, 0}, {many, 0, many, many, many}}) {
      assertEquals(0, Tensor.zeros(shape).data().length);
    }
    assertEquals(1, Tensor.elements());
    assertEquals(Integer.MAX_VALUE, Tensor.elements(Integer.MAX_VALUE, 1));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("misfits")
  void misfits(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  static Stream<Arguments> misfits() {
    return Stream.of(
        bad("shape [2, 3] has 6 elements; the array has 5", () -> Tensor.of(new float[5], 2, 3)),
        bad("shape [4] has 4 elements; the array has 6", () -> SIX.reshape(4)),
        bad("shape [] has 1 elements; the array has 0", () -> Tensor.of(new float[0])),
        bad("shape [2, -3] has a negative size", () -> Tensor.zeros(2, -3)),
        bad("shape [-2, -3] has a negative size", () -> Tensor.zeros(-2, -3)),
        bad("shape [0, -3] has a negative size", () -> Tensor.zeros(0, -3)),
        bad("shape [65536, 65536, -1] has a negative size", () -> Tensor.zeros(65_536, 65_536, -1)),
        bad("shape [65536, 32768] has more elements than an array holds", () -> Tensor.zeros(65_536, 32_768)),
        bad(
            "shape [2147483647, 2147483647, 4] has more elements than an array holds",
            () -> Tensor.zeros(Integer.MAX_VALUE, Integer.MAX_VALUE, 4)),
        bad("input has shape [2, 3]; expected [3, 2]", () -> SIX.require("input", 3, 2)),
        bad("input has shape [2, 3]; expected [2, 3, 1]", () -> SIX.require("input", 2, 3, 1)));
  }

  private static Arguments bad(String message, Executable call) {
    return Arguments.of(message, call);
  }

  @Test
  void indicesOutOfBounds() {
    Executable[] accesses = {
      () -> SIX.get(2, 0), () -> SIX.get(0, 3), () -> SIX.get(0, -1), () -> SIX.size(2), () -> SIX.size(-1)
    };
    for (Executable access : accesses) {
      assertThrows(IndexOutOfBoundsException.class, access);
    }
    String message = assertThrows(IndexOutOfBoundsException.class, () -> SIX.get(4)).getMessage();
    assertEquals("index [4] into a tensor of shape [2, 3]", message);
  }
}
