package io.github.lstm4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.lstm4j.cli.lesson.Lesson;
import io.github.lstm4j.cli.lesson.Lessons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * docs/tutorial.md shows code that is there and output that is real. Before a block of code stands
 * {@code <!-- code: Class region -->}, before one of output {@code <!-- output: lesson -->}, or
 * {@code <!-- output, long: lesson -->} where it comes from a training that takes longer.
 */
class TutorialTest {
  private static final Path ROOT = root();
  private static final Path SOURCES = ROOT.resolve("lstm-cli/src/main/java/io/github/lstm4j/cli/lesson");
  private static final Pattern CODE =
      Pattern.compile("<!-- code: (\\w+) ([\\w-]+) -->\n```java\n(.*?)\n```", Pattern.DOTALL);
  private static final Pattern OUTPUT =
      Pattern.compile("<!-- output(, long)?: ([\\w-]+) -->\n```\n(.*?)\n```", Pattern.DOTALL);

  @TempDir Path folder = Path.of("");

  private static Path root() {
    Path at = Path.of("").toAbsolutePath();
    while (at != null && !Files.exists(at.resolve("jdk-flags.txt"))) {
      at = at.getParent();
    }
    return at == null ? Path.of("") : at;
  }

  private static List<MatchResult> blocks(Pattern pattern) throws IOException {
    return pattern.matcher(Files.readString(ROOT.resolve("docs/tutorial.md"))).results().toList();
  }

  /** The lines between {@code // tutorial: region} and {@code // tutorial: end}, without their common indentation. */
  private static String excerpt(String type, String region) throws IOException {
    List<String> lines = new ArrayList<>();
    boolean inside = false;
    for (String line : Files.readAllLines(SOURCES.resolve(type + ".java"))) {
      if (inside && line.strip().equals("// tutorial: end")) {
        int indent =
            lines.stream()
                .filter(l -> !l.isBlank())
                .mapToInt(l -> l.length() - l.stripLeading().length())
                .min()
                .orElse(0);
        return lines.stream().map(l -> l.isBlank() ? "" : l.substring(indent)).collect(Collectors.joining("\n"));
      }
      if (inside) {
        lines.add(line);
      }
      inside |= line.strip().equals("// tutorial: " + region);
    }
    throw new AssertionError(type + " has no region " + region);
  }

  @TestFactory
  Stream<DynamicTest> codeIsTheSource() throws IOException {
    List<MatchResult> blocks = blocks(CODE);
    assertTrue(blocks.size() > 10, "blocks of code: " + blocks.size());
    return blocks.stream()
        .map(
            m -> dynamicTest(
                m.group(1) + " " + m.group(2), () -> assertEquals(excerpt(m.group(1), m.group(2)), m.group(3))));
  }

  @TestFactory
  Stream<DynamicTest> outputIsReal() throws IOException {
    return outputs(false);
  }

  @TestFactory
  @Tag("long")
  Stream<DynamicTest> outputOfTrainingsIsReal() throws IOException {
    return outputs(true);
  }

  private Stream<DynamicTest> outputs(boolean training) throws IOException {
    return blocks(OUTPUT).stream()
        .filter(m -> (m.group(1) != null) == training)
        .map(m -> dynamicTest(m.group(2), () -> assertEquals(m.group(3), printed(m.group(2)))));
  }

  private String printed(String lesson) {
    Program run = Program.run("lesson", lesson, "--out", folder.toString());
    assertEquals(0, run.code(), run.err());
    return run.out().replaceAll("\\R", "\n").replaceAll("(?s)\nDrawn in .*", "").stripTrailing();
  }

  @Test
  void everyLessonIsThere() throws IOException {
    Set<String> shown = new TreeSet<>();
    blocks(OUTPUT).forEach(m -> shown.add(m.group(2)));
    assertEquals(new TreeSet<>(Lessons.all().stream().map(Lesson::name).toList()), shown);
  }

  @Test
  void everyPictureIsThere() throws IOException {
    List<MatchResult> pictures = blocks(Pattern.compile("\\]\\((images/[^)]+)\\)"));
    assertTrue(pictures.size() >= 5, "pictures: " + pictures.size());
    pictures.forEach(m -> assertTrue(Files.exists(ROOT.resolve("docs").resolve(m.group(1))), m.group(1)));
  }
}
