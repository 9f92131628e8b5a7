package io.github.lstm4j.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lstm4j.kernels.KernelSelection;
import io.github.lstm4j.train.TrajectoryTest;
import org.junit.jupiter.api.BeforeEach;

/** PyTorch's trainings through the SIMD kernels of the width that this JVM was started for. */
class SimdTrajectoryTest extends TrajectoryTest {
  @BeforeEach
  void simdServes() {
    assertEquals("simd-" + System.getProperty(VectorBits.PROPERTY), KernelSelection.best().name());
  }
}
