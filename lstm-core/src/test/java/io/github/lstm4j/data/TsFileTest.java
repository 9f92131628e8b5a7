package io.github.lstm4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.lstm4j.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TsFileTest {
  private static final String HEADER = "@dimensions 2\n@equalLength false\n@classLabel true up down\n@data\n";

  @TempDir Path folder = Path.of("");

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("x.ts"), text);
  }

  @Test
  void casesAreReadStepByStep() throws IOException {
    Path file =
        file("\uFEFF# a comment\n@problemName x\n@timeStamps false\n@MISSING true\n" + HEADER
            + "1,2,3:0.5,?,-7e-1:up\n\n# between\n 4 , 3 : .1,nan : down \n");
    LabelledSequences read = TsFile.read(file);
    assertEquals(List.of("up", "down"), read.classes());
    assertEquals(2, read.channels());
    assertArrayEquals(new int[] {0, 1}, read.labels());
    assertArrayEquals(new float[] {1, 0.5f, 2, Float.NaN, 3, -0.7f}, read.get(0).values().data());
    assertArrayEquals(new float[] {4, 0.1f, 3, Float.NaN}, read.get(1).values().data());
  }

  @Test
  void labelsFollowTheClassesThatWereTrainedOn() throws IOException {
    Path file = file(HEADER + "1:2:up\n3:4:down\n");
    assertArrayEquals(new int[] {2, 0}, TsFile.read(file, List.of("down", "flat", "up")).labels());
    String message =
        assertThrows(IllegalArgumentException.class, () -> TsFile.read(file, List.of("down", "flat"))).getMessage();
    assertEquals(file + ", line 5: the class is 'up'; expected one that was trained on: down, flat", message);
  }

  @Test
  void casesWithoutLabelsCanBePredicted() throws IOException {
    Path file = file("@classLabel false\n@data\n1,2:3,4\n");
    assertEquals(LabelledSequence.NO_LABEL, TsFile.readToPredict(file, List.of("a", "b")).get(0).label());
    String message = assertThrows(IllegalArgumentException.class, () -> TsFile.read(file)).getMessage();
    assertEquals(
        file + ": @classLabel is false; expected @classLabel true and the classes, as each case needs its label",
        message);
  }

  static Stream<Arguments> bad() {
    return Stream.of(
        arguments(HEADER + "1,2:3:up", ", line 5: dimension 2 has 1 values; expected 2 as dimension 1 of the case has"),
        arguments(HEADER + "1:3:left", ", line 5: the class is 'left'; expected one that @classLabel names: up, down"),
        arguments(
            HEADER + "1:3:4:up",
            ", line 5: 3 dimensions and a class; expected 2, separated by colons, and the class behind the last colon"),
        arguments(HEADER + "1:x:up", ", line 5: value 1 of dimension 2 is 'x'; expected a number that float32 holds"),
        arguments(HEADER + "1,:1,2:up", ", line 5: value 2 of dimension 1 is ''; expected a number"),
        arguments(HEADER + "1e60:1:up", ", line 5: value 1 of dimension 1 is '1e60'; expected a number"),
        arguments(
            "@missing false\n" + HEADER + "1:?:up",
            ", line 6: value 1 of dimension 2 is missing; expected a number, since @missing is false"),
        arguments(HEADER, " has no case below @data; expected one on each line"),
        arguments("@classLabel true a b\n", " has no line @data; expected header lines that start with @, then @data"),
        arguments("", " has no line @data"),
        arguments("1,2:a\n", ", line 1: '1,2:a' stands before @data"),
        arguments("@dimensions 2\n@data\n", ", line 2: no line @classLabel before @data"),
        arguments("@classLabel true\n@data\n", ", line 1: @classLabel is true and names no class"),
        arguments("@classLabel true a a\n@data\n", ", line 1: @classLabel names a class twice: a a"),
        arguments("@timestamps true\n", ", line 1: @timeStamps is true: each value then has a time of its own"),
        arguments("@targetLabel true\n", ", line 1: @targetLabel is true: each case has a number to predict"),
        arguments("@dimensions none\n", ", line 1: @dimensions is 'none'; expected a whole number of 1 or more"),
        arguments("@missing maybe\n", ", line 1: @missing is 'maybe'; expected true or false"),
        arguments(
            "@univariate true\n@dimensions 2\n@classLabel true a b\n@data\n",
            ", line 4: @univariate is true and @dimensions is 2; expected one or the other"),
        arguments(
            "@equalLength true\n@classLabel true a b\n@data\n1,2:a\n1:b\n",
            ", line 5: the case has 1 steps; expected 2 as the first case has, since @equalLength is true"),
        arguments(
            "@equalLength true\n@seriesLength 3\n@classLabel true a b\n@data\n1,2:a\n",
            ", line 5: the case has 2 steps; expected 3 as @seriesLength says, since @equalLength is true"));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void badFilesNameTheLine(String text, String message) throws IOException {
    Path file = file(text);
    String said =
        String.valueOf(assertThrows(IllegalArgumentException.class, () -> TsFile.read(file)).getMessage());
    assertTrue(said.startsWith(file + message), said);
  }

  @Test
  void theJapaneseVowelsAreAllThere() throws IOException {
    assumeTrue(SharedData.data().isPresent(), SharedData.ABSENT);
    Path shared = SharedData.data().orElseThrow().resolve("sequences");
    LabelledSequences training = TsFile.read(shared.resolve("JapaneseVowels_TRAIN.ts"));
    LabelledSequences test = TsFile.read(shared.resolve("JapaneseVowels_TEST.ts"), training.classes());
    assertEquals(12, training.channels());
    assertArrayEquals(new int[] {30, 30, 30, 30, 30, 30, 30, 30, 30}, training.classCounts());
    assertEquals(370, Arrays.stream(test.classCounts()).sum());
  }
}
