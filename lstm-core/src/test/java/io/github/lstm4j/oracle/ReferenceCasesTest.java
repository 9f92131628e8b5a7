package io.github.lstm4j.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.testing.SharedData;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The oracle against PyTorch in float64. The stored inputs are what PyTorch computed from (they were drawn as float32),
 * so all that separates the two is the rounding of the stored results to float32.
 */
class ReferenceCasesTest {
  /** Two runs in double differ by their rounding, here in sums of up to 2,240 products of numbers of size 1. */
  private static final double DOUBLE_ROUNDING = 1e-12;

  static Stream<GoldenFile> cases() {
    return Stream.concat(ReferenceCases.own().stream(), ReferenceCases.shared().stream())
        .filter(file -> !file.isTrajectory());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void oracleEqualsPyTorchUpToTheStoredRounding(GoldenFile file) {
    Result result = RecurrentOracle.run(file.toCase());
    Set<String> stored = new TreeSet<>(file.names());
    stored.removeIf(name -> !name.startsWith("out.") && !name.startsWith("grad."));
    assertEquals(stored, new TreeSet<>(result.tensors().keySet()));
    for (String name : stored) {
      Reals actual = result.tensor(name);
      double[] expected = file.tensor(name);
      assertEquals(expected.length, actual.size(), name);
      for (int i = 0; i < expected.length; i++) {
        double tolerance = Math.abs(expected[i]) * Approx.UNIT * (1 + 1e-6) + DOUBLE_ROUNDING;
        assertEquals(expected[i], actual.value(i), tolerance, name + "[" + i + "]");
      }
    }
  }

  /** PyTorch's float32 run is an implementation that the bounds must admit; ReLU's kink makes some of them infinite. */
  @ParameterizedTest
  @MethodSource("cases")
  void boundsAdmitPyTorchsFloat32Errors(GoldenFile file) {
    Result result = RecurrentOracle.run(file.toCase());
    for (String kind : List.of("out", "grad")) {
      double worst =
          result.tensors().entrySet().stream()
              .filter(entry -> entry.getKey().startsWith(kind))
              .flatMapToDouble(entry -> Arrays.stream(entry.getValue().bounds()))
              .max()
              .orElseThrow();
      double error = Double.parseDouble(file.metadata("torch_float32_max_abs_error_" + kind));
      assertTrue(error <= worst, () -> file + ": " + kind + " error " + error + ", largest bound " + worst);
    }
  }

  @Test
  void ownCasesCoverEveryCellAndOption() {
    List<GoldenFile> own = ReferenceCases.own();
    List<RecurrentConfig> configs =
        own.stream().filter(file -> !file.isTrajectory()).map(file -> file.toCase().config()).toList();
    for (Cell cell : Cell.values()) {
      assertTrue(configs.stream().anyMatch(c -> c.cell() == cell && c.bidirectional()), cell + " bidirectional");
      assertTrue(configs.stream().anyMatch(c -> c.cell() == cell && !c.lengths().isEmpty()), cell + " with lengths");
      assertTrue(configs.stream().anyMatch(c -> c.cell() == cell && !c.bias()), cell + " without biases");
    }
    assertTrue(configs.stream().anyMatch(c -> c.projSize() > 0 && !c.lengths().isEmpty()), "projection");
    assertTrue(configs.stream().anyMatch(c -> c.layers() == 3), "three layers");
    assertEquals(2, own.stream().filter(GoldenFile::isTrajectory).count());
  }

  @Test
  void sharedCasesAreThere() {
    Assumptions.assumeTrue(
        SharedData.golden().isPresent(), SharedData.ABSENT);
    assertTrue(ReferenceCases.shared().size() > 30, () -> "only " + ReferenceCases.shared());
  }
}
