package io.github.lstm4j.simd;

import io.github.lstm4j.layer.GoldenCasesTest;

/** PyTorch's cases through the SIMD kernels of the width that this JVM was started for. */
class SimdGoldenCasesTest extends GoldenCasesTest {
  @Override
  protected String expectedKernels() {
    return "simd-" + System.getProperty(VectorBits.PROPERTY);
  }
}
