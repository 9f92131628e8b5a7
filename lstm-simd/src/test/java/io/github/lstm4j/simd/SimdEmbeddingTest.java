package io.github.lstm4j.simd;

import io.github.lstm4j.layer.EmbeddingTest;

/** Embeddings: SIMD on 1 to 4 threads has the bits of scalar on one. */
class SimdEmbeddingTest extends EmbeddingTest {
  @Override
  protected String expectedKernels() {
    return "simd-" + System.getProperty(VectorBits.PROPERTY);
  }
}
