package io.github.lstm4j.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No compiler gives up on a kernel, and every tile and what packs reach C2 and stay there. A tile that C1 can't compile
 * may stay where it is for good, a hundred times slower with the same results: neither the equivalence tests nor the
 * allocation tests see that. Nor do they see what C2 makes of a tile that has no register to spare, so that is looked
 * at too.
 */
class CompilationTest {
  private static final Pattern GIVEN_UP = Pattern.compile(".*io\\.github\\.lstm4j\\.simd\\..*COMPILE SKIPPED.*");
  private static final Pattern BY_C2 =
      Pattern.compile(
          "\\s4\\s+io\\.github\\.lstm4j\\.simd\\."
              + "((\\w+Tiles|TurnedSquares)::(?!turn )\\w+|Panels::copyVectors) ");

  private static final Pattern THROWN_AWAY =
      Pattern.compile("level=4 io\\.github\\.lstm4j\\.([\\w.$]+)\\(.*trap_(bci=\\d+) (?:osr_bci=\\d+ )?(\\w+)");

  /** What the probe prints. */
  private static List<String> probe(List<String> options, int calls, int depth)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-modules", "jdk.incubator.vector", "-cp", System.getProperty("java.class.path")));
    command.addAll(options);
    command.addAll(List.of(CompilationProbe.class.getName(), Integer.toString(calls), Integer.toString(depth)));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    assumeFalse(output.contains("unsupported: "), "SIMD kernels don't run here");
    return output.lines().toList();
  }

  private static List<String> givenUp(List<String> lines) {
    return lines.stream().filter(line -> GIVEN_UP.matcher(line).matches()).toList();
  }

  /** With waiting for each compilation, and without; and by C1 alone, in the profiled form that C2 depends on. */
  @ParameterizedTest
  @CsvSource({"-Xbatch, 3000", "-XX:+BackgroundCompilation, 3000", "-XX:TieredStopAtLevel=3, 250"})
  void noCompilerGivesUp(String flag, int calls) throws IOException, InterruptedException {
    assertEquals(List.of(), givenUp(probe(List.of("-XX:+PrintCompilation", flag), calls, 32)));
  }

  /** Whichever of the two tiles this CPU has. */
  @ParameterizedTest
  @ValueSource(ints = {6, 8})
  void everyTileAndPackingReachC2(int rowsOfTile) throws IOException, InterruptedException {
    List<String> lines = probe(
        List.of("-XX:+PrintCompilation", "-Xbatch", "-Dlstm4j.tileRows=" + rowsOfTile), 3_000, 32);
    boolean eight = rowsOfTile == 8;
    Set<String> compiled = new TreeSet<>();
    for (String line : lines) {
      Matcher matcher = BY_C2.matcher(line);
      if (matcher.find()) {
        compiled.add(matcher.group(1));
      }
    }
    Stream<String> rows = Stream.of("WideTiles", "PairTiles", "NarrowTiles")
        .filter(tiles -> eight || !tiles.equals("WideTiles"))
        .flatMap(tiles -> Stream.of(8, 4, 2, 1).filter(r -> r < 8 || eight).map(r -> tiles + "::rows" + r));
    Stream<String> others =
        eight
            ? Stream.of("ColumnTiles::rows8x3", "NarrowColumnTiles::rows8x2", "NarrowColumnTiles::rows8x1")
            : Stream.of(
                "SixRowTiles::two", "NarrowTiles::rows6", "OddTiles::rows5", "OddTiles::rows3",
                "SixColumnTiles::two", "NarrowColumnTiles::rows6x1", "WideTiles::rows1");
    Set<String> expected = new TreeSet<>(Stream.concat(rows, others).toList());
    expected.addAll(
        List.of(
            "OneRowTiles::six", "OneRowTiles::four", "Panels::copyVectors",
            lines.contains("columns of a square: 8") ? "TurnedSquares::eight" : "TurnedSquares::four"));
    assertEquals(expected, new TreeSet<>(compiled));
  }

  /**
   * C2 throws away what it compiled on a wrong guess, and learns from that after a few times. Not so in a loop whose
   * checks of indices it moves out although a condition stands before what they protect: there it guessed the same
   * again, 25 times in this probe and for as long as a program trained, and the code between was slow. (A guess gets
   * four times.)
   */
  @ParameterizedTest
  @ValueSource(ints = {6, 8})
  void whatC2CompiledIsKept(int rowsOfTile) throws IOException, InterruptedException {
    List<String> lines = probe(
        List.of("-Xlog:deoptimization=debug", "-Dlstm4j.tileRows=" + rowsOfTile), 3_000, 64);
    Map<String, Integer> times = new TreeMap<>();
    for (String line : lines) {
      Matcher matcher = THROWN_AWAY.matcher(line);
      if (matcher.find()) {
        times.merge(matcher.group(1) + " " + matcher.group(2) + " " + matcher.group(3), 1, Integer::sum);
      }
    }
    assertFalse(times.isEmpty(), "no guess was wrong, which would be new: is the log read as it is written?");
    times.values().removeIf(count -> count <= 10);
    assertEquals(Map.of(), times, "how often the same guess was wrong");
  }

  /**
   * C2 has no register to spare in the tiles of six rows, and sums in memory cost half their speed: docs/adr/0009. With
   * AVX2 on any x86, whatever that has beyond it. (In products it puts a vector of a panel there once a turn:
   * docs/adr/0013.)
   */
  @ParameterizedTest
  @ValueSource(strings = {"SixRowTiles::two", "SixColumnTiles::two"})
  void sumsOfSixRowsStayInRegisters(String tile) throws IOException, InterruptedException {
    boolean x86 = List.of("amd64", "x86_64").contains(System.getProperty("os.arch"));
    assumeTrue(x86, "reads the code of x86");
    List<String> lines = probe(
        List.of(
            "-XX:UseAVX=2", "-XX:+UnlockDiagnosticVMOptions", "-Xbatch",
            "-XX:CompileCommand=print,io.github.lstm4j.simd." + tile),
        3_000, 512);
    assumeTrue(lines.contains("bits that the CPU prefers: 256"), "the CPU has no AVX2");
    assumeFalse(lines.contains("[Disassembly]"), "a disassembler is installed, so HotSpot prints no bytes");
    MachineCode code = MachineCode.lastOfC2(lines)
        .orElseThrow(() -> new AssertionError("no machine code in: " + String.join("\n", lines)));
    assertEquals(8 * 12, code.multiplyAddsOfLoop(), "multiply-adds a turn");
    assertEquals(0, code.sumsToStack(), "sums that go to the stack");
  }
}
