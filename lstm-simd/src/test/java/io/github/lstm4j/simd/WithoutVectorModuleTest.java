package io.github.lstm4j.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.kernels.KernelSelection;
import org.junit.jupiter.api.Test;

/** Run without {@code --add-modules}: the scalar kernels serve, and the selection says why. */
class WithoutVectorModuleTest {
  @Test
  void scalarServesAndTheReasonNamesTheRemedy() {
    KernelSelection selection = KernelSelection.get();
    assertEquals("scalar", selection.kernels().name());
    String first = selection.verdicts().getFirst();
    assertTrue(
        first.startsWith("simd: rejected, the module jdk.incubator.vector is not resolved; start java with"), first);
  }

  @Test
  void createRefuses() {
    assertThrows(IllegalStateException.class, () -> new SimdProvider().create());
  }
}
