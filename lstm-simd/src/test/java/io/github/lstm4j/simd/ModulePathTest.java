package io.github.lstm4j.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import io.github.lstm4j.kernels.KernelSelection;
import io.github.lstm4j.modulepath.ModulePathProbe;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the README promises of the module path: service binding resolves simd and, with it, the Vector API. */
class ModulePathTest {
  private static String place(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("where " + type + " comes from", e);
    }
  }

  private static String run(Class<?>... modules) throws IOException, InterruptedException {
    String path = Stream.of(modules).map(ModulePathTest::place).collect(Collectors.joining(File.pathSeparator));
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-p", path, "--add-modules",
            "io.github.lstm4j.core", "-cp", place(ModulePathProbe.class), ModulePathProbe.class.getName());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output;
  }

  @Test
  void simdServesWithoutAFlag() throws IOException, InterruptedException {
    String output = run(KernelSelection.class, JsonFactory.class, SimdProvider.class);
    assertTrue(output.contains("module io.github.lstm4j.core, kernels simd-"), output);
    assertTrue(output.contains("simd: chosen, vectors of "), output);
  }

  @Test
  void withoutSimdTheScalarKernelsServe() throws IOException, InterruptedException {
    String output = run(KernelSelection.class, JsonFactory.class);
    assertTrue(output.contains("module io.github.lstm4j.core, kernels scalar"), output);
  }
}
