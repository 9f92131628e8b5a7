package io.github.lstm4j.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ladder of checks, each with its reason and its remedy. */
class RequirementsTest {
  private record Machine(boolean vectorModule, String vmName, String vmInfo, boolean fmaInHardware, int preferredBits)
      implements Requirements {}

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      false | OpenJDK 64-Bit Server VM | mixed mode | true  | 256 | --add-modules jdk.incubator.vector
      true  | Eclipse OpenJ9 VM | JIT enabled | true  | 256 | use a HotSpot JVM
      true  | OpenJDK 64-Bit Server VM | interpreted mode, sharing   | true  | 256 | without -Xint
      true  | OpenJDK 64-Bit Server VM | mixed mode, emulated-client | true  | 256 | -XX:TieredStopAtLevel
      true  | OpenJDK Client VM | mixed mode | true  | 256 | without -Xint, -client
      true  | Java HotSpot(TM) 64-Bit Server VM | mixed mode, jvmci compiler | true  | 256 | -XX:-UseJVMCICompiler
      true  | OpenJDK 64-Bit Server VM | mixed mode | false | 256 | use a CPU with FMA
      true  | OpenJDK 64-Bit Server VM | mixed mode | true  | 64  | use a CPU with AVX2 or Neon
      """)
  void firstUnmetNeedComesWithItsRemedy(
      boolean module, String vmName, String vmInfo, boolean fma, int bits, String remedy) {
    Optional<String> reason = new Machine(module, vmName, vmInfo, fma, bits).firstUnmet();
    assertTrue(reason.isPresent() && reason.get().contains(remedy), reason::toString);
  }

  @Test
  void anOrdinaryMachineMeetsAll() {
    assertEquals(
        Optional.empty(), new Machine(true, "OpenJDK 64-Bit Server VM", "mixed mode, sharing", true, 128).firstUnmet());
  }

  @Test
  void onlyThreeWidthsCanBeForced() {
    assertEquals(OptionalInt.empty(), VectorBits.parse(null));
    assertEquals(OptionalInt.of(512), VectorBits.parse("512"));
    for (String wrong : new String[] {"", "100", "64", "1024", "wide"}) {
      assertEquals(
          "-Dlstm4j.vectorBits=" + wrong + ": expected 128, 256 or 512",
          assertThrows(IllegalStateException.class, () -> VectorBits.parse(wrong)).getMessage());
    }
  }
}
