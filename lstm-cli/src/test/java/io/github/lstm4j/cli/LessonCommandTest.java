package io.github.lstm4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lstm4j.cli.lesson.Figure;
import io.github.lstm4j.cli.lesson.Lesson;
import io.github.lstm4j.cli.lesson.Lessons;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LessonCommandTest {
  @TempDir Path folder = Path.of("");

  @Test
  void allAreListed() {
    Program run = Program.run("lesson", "--list");
    assertEquals(0, run.code(), run.err());
    assertEquals(Lessons.all().size(), run.out().lines().count());
    for (Lesson lesson : Lessons.all()) {
      assertTrue(lesson.name().matches("[a-z]+(-[a-z]+)*"), lesson.name());
      assertTrue(run.out().contains("  " + lesson.name() + " "), run.out());
      assertTrue(run.out().contains(lesson.description() + " (" + lesson.duration() + ")"), run.out());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lesson | no lesson named; expected one of hand-cell, shapes, vanishing,",
        "lesson handcell | unknown lesson 'handcell', did you mean 'hand-cell'?",
        "lesson quicksort | unknown lesson 'quicksort'; see 'lstm lesson --list'",
        "lesson shapes gru | unexpected argument 'gru'; see 'lstm lesson --help'",
        "lesson shapes --sed 1 | unknown option '--sed', did you mean '--seed'?",
        "lesson shapes --seed one | Invalid value for option '--seed': 'one' is not a long",
        "lesson gru --csv x.csv | --csv x.csv with the lesson gru, which reads no file; expected the lesson stocks",
        "lesson stocks --csv nowhere.csv | nowhere.csv: no such file or folder",
        "lesson stocks --column x | --column 'x' names a column of no file; expected --csv FILE with it"
      })
  void badInputGetsOneLineAndTwo(String command, String message) {
    Program run = Program.run(command.split(" ", -1));
    assertEquals(2, run.code(), run.err());
    assertEquals("", run.out());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().startsWith("lstm: " + message), run.err());
  }

  @Test
  void aLessonThatDrawsNothingLeavesNoFolder() {
    Path out = folder.resolve("out");
    Program run = Program.run("lesson", "shapes", "--out", out.toString());
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("weight_ih_l0 torch.Size([12, 2])"), run.out());
    assertFalse(Files.exists(out));
  }

  @Test
  void aLessonThatDrawsLeavesPictures() throws IOException {
    assumeTrue(Fonts.whyMissing().isEmpty(), () -> Fonts.whyMissing().orElse(""));
    Path out = folder.resolve("out");
    Program run = Program.run("lesson", "vanishing", "--out", out.toString(), "--seed", "2");
    assertEquals(0, run.code(), run.err());
    Set<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.list(out)) {
      files.forEach(file -> names.add(String.valueOf(file.getFileName())));
    }
    assertEquals(Set.of("vanishing.png", "vanishing.svg"), names);
    assertEquals(FigurePicture.WIDTH, ImageIO.read(out.resolve("vanishing.png").toFile()).getWidth());
    String svg = Files.readString(out.resolve("vanishing.svg"));
    assertTrue(svg.contains("Gradient by distance"));
    long gridLines = Pattern.compile("fill=\"rgb\\(230,230,230\\)\"").matcher(svg).results().count();
    assertTrue(gridLines >= 8 && gridLines <= 20, "ticks at round numbers, not at every third step: " + gridLines);
  }

  @Test
  void pricesAreReadFromAFile() throws IOException {
    Path csv = SyntheticCsv.column(folder.resolve("x.csv"), row -> "1");
    Program run = Program.run("lesson", "stocks", "--csv", csv.toString(), "--out", folder.resolve("o").toString());
    assertEquals(2, run.code());
    assertEquals(
        "lstm: " + csv + ", v has " + SyntheticCsv.ROWS + " prices; expected 200 or more", run.err().strip());
  }

  @Test
  void logarithmicTicksReadAsNumbers() {
    assertEquals("1", FigurePicture.power(0));
    assertEquals("0.001", FigurePicture.power(-3));
    assertEquals("0.032", FigurePicture.power(-1.5));
    assertEquals("1000", FigurePicture.power(3));
    assertEquals("1e-20", FigurePicture.power(-20));
    assertEquals("1e+05", FigurePicture.power(5));
  }

  @Test
  void coloursRunFromPaperToFull() {
    Figure.Band gate = new Figure.Band("gate", new double[1][1], 0, 1);
    assertEquals(Color.WHITE, HeatMapDrawing.color(0, gate));
    assertEquals(PictureStyle.FORECAST, HeatMapDrawing.color(1, gate));
    Figure.Band signed = new Figure.Band("cell", new double[1][1], -2, 2);
    assertEquals(Color.WHITE, HeatMapDrawing.color(0, signed));
    assertEquals(PictureStyle.FORECAST, HeatMapDrawing.color(2, signed));
    assertEquals(PictureStyle.VALIDATION, HeatMapDrawing.color(-2, signed));
    assertEquals(PictureStyle.VALIDATION, HeatMapDrawing.color(-3, signed), "past the end");
  }
}
