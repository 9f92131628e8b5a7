/**
 * The mathematics of lstm4j: recurrent layers, their backward passes, the trainer, PyTorch's file format, and the
 * {@link io.github.lstm4j.kernels.Kernels} SPI with its scalar reference.
 */
module io.github.lstm4j.core {
  requires com.fasterxml.jackson.core;
  requires static transitive org.jspecify;

  exports io.github.lstm4j.data;
  exports io.github.lstm4j.forecast;
  exports io.github.lstm4j.io;
  exports io.github.lstm4j.kernels;
  exports io.github.lstm4j.kernels.scalar;
  exports io.github.lstm4j.layer;
  exports io.github.lstm4j.loss;
  exports io.github.lstm4j.memory;
  exports io.github.lstm4j.model;
  exports io.github.lstm4j.random;
  exports io.github.lstm4j.text;
  exports io.github.lstm4j.train;

  uses io.github.lstm4j.kernels.KernelsProvider;

  provides io.github.lstm4j.kernels.KernelsProvider with io.github.lstm4j.kernels.scalar.ScalarProvider;
}
