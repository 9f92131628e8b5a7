package io.github.lstm4j.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lstm4j.kernels.KernelSelection;
import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.oracle.GoldenFile;
import io.github.lstm4j.oracle.OracleCase;
import io.github.lstm4j.oracle.ReferenceCases;
import io.github.lstm4j.testing.SharedData;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The library against PyTorch in float64, on the kernels that this JVM selects: scalar here; lstm-simd runs the same
 * class at every width. An error may be twice that of PyTorch's own float32 run, which the file states, and at least
 * 2e-6.
 */
public class GoldenCasesTest {
  private static final double FLOOR = 2e-6;

  /** Every tensor kind of a file has one of these prefixes, under which PyTorch's error of that kind is stated. */
  private static final List<String> KINDS = List.of("out", "grad");

  /**
   * The kernels that must have been selected, so that green can't mean that others were skipped.
   *
   * @return their name
   */
  protected String expectedKernels() {
    return "scalar";
  }

  /** Before anything else. */
  @BeforeEach
  final void theExpectedKernelsServe() {
    assertEquals(expectedKernels(), KernelSelection.best().name());
  }

  static Stream<GoldenFile> own() {
    return cases(ReferenceCases.own());
  }

  static Stream<GoldenFile> shared() {
    return cases(ReferenceCases.shared());
  }

  private static Stream<GoldenFile> cases(List<GoldenFile> files) {
    return files.stream().filter(file -> !file.isTrajectory());
  }

  @ParameterizedTest
  @MethodSource("own")
  final void ownCases(GoldenFile file) {
    assertEqualsPyTorch(file);
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("shared")
  final void sharedCases(GoldenFile file) {
    assertEqualsPyTorch(file);
  }

  @Test
  final void sharedCasesAreThere() {
    assumeTrue(SharedData.golden().isPresent(), SharedData.ABSENT);
    assertTrue(shared().count() >= 31, () -> "only " + shared().toList());
  }

  private static void assertEqualsPyTorch(GoldenFile file) {
    OracleCase values = file.toCase();
    Kernels kernels = KernelSelection.best();
    Map<String, float[]> results = CaseRun.train(values, kernels, 2, 0);
    for (String kind : KINDS) {
      double theirs = Double.parseDouble(file.metadata("torch_float32_max_abs_error_" + kind));
      double allowed = Math.max(2 * theirs, FLOOR);
      List<String> names = file.names().stream().filter(name -> name.startsWith(kind + ".")).toList();
      assertEquals(names.stream().sorted().toList(),
          results.keySet().stream().filter(name -> name.startsWith(kind + ".")).sorted().toList());
      for (String name : names) {
        double[] expected = file.tensor(name);
        float[] actual = CaseRun.result(results, name);
        assertEquals(expected.length, actual.length, name);
        for (int i = 0; i < expected.length; i++) {
          assertEquals(expected[i], actual[i], allowed, name + "[" + i + "] of " + file);
        }
      }
    }
    Map<String, float[]> served = CaseRun.serve(values, kernels, 1);
    served.forEach((name, outputs) -> CaseRun.assertSameBits(name, CaseRun.result(results, name), outputs, file));
  }
}
