package io.github.lstm4j.simd;

import io.github.lstm4j.layer.LayerBitsTest;

/** Whole layers: SIMD on 1 to 4 threads has the bits of scalar on one. */
class SimdLayerBitsTest extends LayerBitsTest {
  @Override
  protected String expectedKernels() {
    return "simd-" + System.getProperty(VectorBits.PROPERTY);
  }
}
