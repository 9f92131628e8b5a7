package io.github.lstm4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program in a JVM of its own, with and without the flags of {@code jdk-flags.txt}. */
class JvmTest {
  private static final String FLAGS = "@" + Path.of("..", "jdk-flags.txt");

  private static Program run(List<String> flags, String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(Arrays.asList(args));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Program(process.waitFor(), output, "");
  }

  @Test
  void withTheFlagsVectorsServe() throws IOException, InterruptedException {
    Program run = run(List.of(FLAGS), "info");
    assertEquals(0, run.code(), run.out());
    assertTrue(run.out().contains("simd: chosen, vectors of "), run.out());
    assertFalse(run.out().contains("lstm: "), "the choice is not logged too: " + run.out());
  }

  @Test
  void withoutTheFlagsTheReasonAndTheRemedyAreNamed() throws IOException, InterruptedException {
    Program run = run(List.of(), "info");
    assertEquals(0, run.code(), run.out());
    assertTrue(run.out().contains("scalar: chosen, "), run.out());
    assertTrue(run.out().contains("start java with --add-modules jdk.incubator.vector"), run.out());
  }

  @Test
  void verboseLogsTheChoiceInOneLine() throws IOException, InterruptedException {
    Program run = run(List.of("-Dlstm4j.kernels=scalar"), "info", "--verbose");
    assertEquals(0, run.code(), run.out());
    assertEquals(1, run.out().lines().filter(line -> line.startsWith("lstm: kernels: ")).count(), run.out());
    assertFalse(run.out().contains("INFO"), run.out());
  }

  @Test
  void forcedKernelsThatCannotBeHadAreAClearLine() throws IOException, InterruptedException {
    Program run = run(List.of("-Dlstm4j.kernels=simd"), "info");
    assertEquals(1, run.code(), run.out());
    assertEquals(1, run.out().lines().count(), run.out());
    assertTrue(run.out().contains("-Dlstm4j.kernels=simd can't be had"), run.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"999", "abc"})
  void aWidthThatNoVectorHasIsAClearLine(String bits) throws IOException, InterruptedException {
    Program run = run(List.of(FLAGS, "-Dlstm4j.vectorBits=" + bits), "info");
    assertEquals(1, run.code(), run.out());
    List<String> lines = run.out().lines().filter(line -> !line.startsWith("WARNING: Using incubator")).toList();
    assertEquals(List.of("lstm: -Dlstm4j.vectorBits=" + bits + ": expected 128, 256 or 512"), lines);
    Program scalar = run(List.of(FLAGS, "-Dlstm4j.vectorBits=" + bits, "-Dlstm4j.kernels=scalar"), "info");
    assertEquals(0, scalar.code(), "a width that nobody asks for: " + scalar.out());
  }
}
