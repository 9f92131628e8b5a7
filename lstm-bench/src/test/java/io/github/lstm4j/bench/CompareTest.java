package io.github.lstm4j.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompareTest {
  @TempDir Path folder = Path.of("");
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private static String entry(String mode, String score, String error, String unit) {
    return """
        {"jmhVersion": "1.37", "benchmark": "a.B.c", "mode": "%s", "jvmArgs": ["-x"],
         "params": {"shape": "B1", "k": "s"},
         "primaryMetric": {"score": %s, "scoreError": %s, "scoreConfidence": [1, 2], "scorePercentiles": {"0.0": 1},
           "scoreUnit": "%s", "rawData": [[1, 2]]},
         "secondaryMetrics": {"rate": {"score": 3, "scoreUnit": "GF/s"}}}"""
        .formatted(mode, score, error, unit);
  }

  private int compare(String before, String after) throws IOException {
    Path first = Files.writeString(folder.resolve("old.json"), before);
    Path second = Files.writeString(folder.resolve("new.json"), after);
    return run(first.toString(), second.toString());
  }

  private int run(String... arguments) {
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    return Compare.run(arguments, stream, stream);
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  /** Intervals that touch are the same; a time gets slower by growing, a throughput by shrinking. */
  @ParameterizedTest
  @CsvSource({
    "avgt, 10, 1, 12, 1, 0, same",
    "avgt, 10, 1, 12.5, 1, 1, slower",
    "avgt, 12.5, 1, 10, 1, 0, faster",
    "thrpt, 10, 1, 7.5, 1, 1, slower",
    "thrpt, 7.5, 1, 10, 1, 0, faster",
    "avgt, 10, '\"NaN\"', 100, 1, 0, unjudged",
  })
  void judges(String mode, String then, String thenError, String now, String nowError, int status, String verdict)
      throws IOException {
    String before = entry(mode, then, thenError, "ms/op");
    String after = entry(mode, now, nowError, "ms/op");
    int got = compare("[" + before + "]", "[" + after + "]");
    assertEquals(status, got, printed());
    assertTrue(printed().contains(verdict + " "), printed());
    assertTrue(printed().contains("a.B.c {k=s, shape=B1}"), printed());
  }

  @Test
  void differentUnitsAreNotCompared() throws IOException {
    int status = compare("[" + entry("avgt", "1", "0", "ms/op") + "]", "[" + entry("avgt", "1", "0", "us/op") + "]");
    assertEquals(Compare.USAGE, status);
    assertTrue(printed().contains("ms/op and in us/op"), printed());
  }

  @ParameterizedTest
  @CsvSource({
    "[], no benchmark in common",
    "{}, expected a list",
    "[{}], without benchmark",
    "hello, is no JSON",
    "'[{\"benchmark\": \"a\", \"primaryMetric\": {\"score\": \"many\"}}]', where a score should",
  })
  void refuses(String text, String part) throws IOException {
    assertEquals(Compare.USAGE, compare(text, text));
    assertTrue(printed().contains(part), printed());
  }

  @Test
  void saysWhatItNeeds() {
    assertEquals(Compare.USAGE, run("one.json"));
    assertTrue(printed().contains("two files"), printed());
    assertEquals(Compare.USAGE, run(folder.resolve("no.json").toString(), folder.resolve("no.json").toString()));
    assertTrue(printed().contains("no.json"), printed());
  }
}
