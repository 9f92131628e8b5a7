package io.github.lstm4j.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as it is shipped, in a JVM of its own. */
class BenchmarksJarTest {
  @TempDir Path folder = Path.of("");

  private String java(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + System.getProperty("bench.flags"));
    command.addAll(List.of(arguments));
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    int status = process.waitFor();
    String text = Files.readString(output, StandardCharsets.UTF_8);
    assertEquals(0, status, text);
    return text;
  }

  private static String jar() {
    return System.getProperty("bench.jar", "");
  }

  @Test
  void listsItsBenchmarks() throws IOException, InterruptedException {
    String list = java("-jar", jar(), "-l");
    for (String method : List.of("forward", "trainingStep", "streamStep")) {
      assertTrue(list.contains("io.github.lstm4j.bench.LstmBenchmark." + method), list);
    }
    assertTrue(list.contains("io.github.lstm4j.bench.RooflineBenchmark.fma"), list);
  }

  /** Both providers are found in the one jar, and what it writes can be compared. */
  @Test
  void runsBothKernelsAndComparesThem() throws IOException, InterruptedException {
    Path json = folder.resolve("result.json");
    String run =
        java(
            "-jar", jar(), "LstmBenchmark.forward", "-p", "shape=B2-T3-I4-H9-L1", "-p", "threads=1", "-f", "0", "-wi",
            "0", "-i", "2", "-r", "1ms", "-foe", "true", "-rf", "json", "-rff", json.toString());
    assertTrue(run.contains("simd") && run.contains("scalar") && run.contains("GF/s"), run);
    String same = java("-cp", jar(), "io.github.lstm4j.bench.Compare", json.toString(), json.toString());
    assertTrue(same.contains("0 of 2 got slower"), same);
  }
}
