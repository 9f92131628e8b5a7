package io.github.lstm4j.simd;

import io.github.lstm4j.kernels.scalar.Fma;
import java.util.Optional;
import jdk.incubator.vector.VectorShape;

/**
 * What the SIMD kernels need of a JVM and a CPU, asked in this order, each with a remedy. Later questions are asked
 * only when the earlier ones are answered: the CPU's width can't be read without the module.
 */
interface Requirements {
  /** The narrowest vector worth having, in bits. */
  int LEAST_BITS = 128;

  /** Whether the module {@code jdk.incubator.vector} is resolved. */
  boolean vectorModule();

  /** The system property {@code java.vm.name}. */
  String vmName();

  /** The system property {@code java.vm.info}. */
  String vmInfo();

  /** Whether fused multiply-adds are instructions. */
  boolean fmaInHardware();

  /** The width of vectors the JVM prefers, in bits. */
  int preferredBits();

  /** The first need that is not met, with its remedy, or empty. */
  default Optional<String> firstUnmet() {
    if (!vectorModule()) {
      return Optional.of(
          "the module jdk.incubator.vector is not resolved; start java with --add-modules jdk.incubator.vector"
              + " (jdk-flags.txt does)");
    }
    // OpenJ9 has the module, but runs it through boxed objects, about a hundred times slower than scalar loops.
    if (!vmName().contains("HotSpot") && !vmName().contains("OpenJDK")) {
      return Optional.of("the JVM is " + vmName() + ", which does not compile vectors; use a HotSpot JVM");
    }
    if (!vmName().contains("Server VM") || vmInfo().contains("interpreted") || vmInfo().contains("emulated-client")) {
      return Optional.of(
          "the JVM runs without its C2 compiler (" + vmName() + ", " + vmInfo()
              + "); start java without -Xint, -client and -XX:TieredStopAtLevel");
    }
    if (vmInfo().contains("jvmci compiler")) {
      return Optional.of("the JVM's compiler is not C2 (" + vmInfo() + "); start java with -XX:-UseJVMCICompiler");
    }
    if (!fmaInHardware()) {
      return Optional.of(
          "this CPU or JVM has no fused multiply-add instruction; use a CPU with FMA (x86: Haswell, Zen or later)"
              + " and no -XX:-UseFMA");
    }
    if (preferredBits() < LEAST_BITS) {
      return Optional.of(
          "the JVM prefers vectors of " + preferredBits() + " bits, at least " + LEAST_BITS
              + " are needed; use a CPU with AVX2 or Neon and no -XX:UseAVX=0 or -XX:MaxVectorSize");
    }
    return Optional.empty();
  }

  /** This JVM on this CPU. */
  final class Here implements Requirements {
    @Override
    public boolean vectorModule() {
      return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    }

    @Override
    public String vmName() {
      return System.getProperty("java.vm.name", "unknown");
    }

    @Override
    public String vmInfo() {
      return System.getProperty("java.vm.info", "unknown");
    }

    @Override
    public boolean fmaInHardware() {
      return Fma.inHardware();
    }

    @Override
    public int preferredBits() {
      // Not Lanes: it heeds a forced width, and a wrong one would surface here as an error of its initializer.
      return VectorShape.preferredShape().vectorBitSize();
    }
  }
}
