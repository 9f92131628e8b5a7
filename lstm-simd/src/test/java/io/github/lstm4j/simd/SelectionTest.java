package io.github.lstm4j.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.kernels.KernelSelection;
import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.kernels.Orientation;
import io.github.lstm4j.kernels.PackedMatrix;
import io.github.lstm4j.kernels.Store;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import org.junit.jupiter.api.Test;

/** What is selected where the module is there and a width is forced. */
class SelectionTest {
  @Test
  void theForcedWidthServesAndSaysWhetherItIsEmulated() {
    String bits = System.getProperty(VectorBits.PROPERTY);
    Kernels kernels = KernelSelection.best();
    assertEquals("simd-" + bits, kernels.name());
    assertTrue(kernels.description().startsWith("vectors of " + bits + " bits"), kernels.description());
    boolean wider = Integer.parseInt(bits) > Lanes.PREFERRED_BITS;
    assertEquals(wider, kernels.description().contains("emulated, slow"), kernels.description());
  }

  @Test
  void wrongShapesAndForeignPackingAreNamed() {
    try (Memory memory = Memory.unlimited("test")) {
      Matrix a = memory.matrix(2, 3);
      Matrix b = memory.matrix(3, 4);
      PackedMatrix packed = Pair.SIMD.pack(b, Orientation.PLAIN, memory);
      PackedMatrix foreign = Pair.SCALAR.pack(b, Orientation.PLAIN, memory);
      Matrix c = memory.matrix(2, 5);
      Matrix right = memory.matrix(2, 4);
      String shape =
          assertThrows(IllegalArgumentException.class, () -> Pair.SIMD.gemm(c, a, packed, Store.OVERWRITE))
              .getMessage();
      assertEquals("gemm: c is [2, 5]; expected [2, 4]", shape);
      String packing =
          assertThrows(IllegalArgumentException.class, () -> Pair.SIMD.gemm(right, a, foreign, Store.OVERWRITE))
              .getMessage();
      assertEquals("simd kernels were given a matrix packed as ScalarPacked; pack it with them", packing);
    }
  }
}
