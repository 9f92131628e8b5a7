/**
 * The {@link io.github.lstm4j.kernels.Kernels} on the Vector API. On the module path service binding turns it on
 * without a flag; on the class path it needs {@code --add-modules jdk.incubator.vector}, else the scalar kernels serve.
 */
module io.github.lstm4j.simd {
  requires io.github.lstm4j.core;
  requires java.management;
  requires jdk.management;
  requires jdk.incubator.vector;
  requires static org.jspecify;

  provides io.github.lstm4j.kernels.KernelsProvider with io.github.lstm4j.simd.SimdProvider;
}
