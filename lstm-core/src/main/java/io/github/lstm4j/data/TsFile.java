package io.github.lstm4j.data;

import io.github.lstm4j.memory.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file of labelled sequences in the {@code .ts} format of the UEA and UCR archives, read case by case:
 *
 * <pre>
 * # a comment
 * &#64;univariate false
 * &#64;dimensions 2
 * &#64;equalLength false
 * &#64;classLabel true up down
 * &#64;data
 * 1,2,3:0.5,?,0.7:up
 * 4,3:0.1,0.2:down
 * </pre>
 *
 * <p>A case is a line: its dimensions separated by colons, each of values separated by commas, then its class. All
 * dimensions of a case have the same number of values; cases may have different ones. Messages name the file and the
 * line.
 */
public final class TsFile implements AutoCloseable {
  private final NumberedLines lines;
  private final TsHeader header;
  private final List<String> classes;
  private int dimensions;
  private int length;

  private TsFile(NumberedLines lines, TsHeader header, @Nullable List<String> classes) {
    this.lines = lines;
    this.header = header;
    this.classes = classes == null ? header.classes() : List.copyOf(classes);
    dimensions = header.dimensions();
    length = header.length();
  }

  /**
   * Opens a file and reads its header.
   *
   * @param file the file, UTF-8
   * @return the file, before its first case; close it
   * @throws IOException if it can't be read
   * @throws IllegalArgumentException if the header is not what was expected
   */
  public static TsFile open(Path file) throws IOException {
    return open(file, null);
  }

  private static TsFile open(Path file, @Nullable List<String> classes) throws IOException {
    NumberedLines lines = new NumberedLines(file);
    try {
      return new TsFile(lines, TsHeader.read(lines), classes);
    } catch (RuntimeException | IOException | Error e) {
      lines.close();
      throw e;
    }
  }

  /**
   * All cases of a file.
   *
   * @param file the file, UTF-8
   * @return its cases, with the classes that its header names
   * @throws IOException if it can't be read
   * @throws IllegalArgumentException if it has no case, no labels, or something in it is not what was expected
   */
  public static LabelledSequences read(Path file) throws IOException {
    return read(file, null, true);
  }

  /**
   * All cases of a file whose classes must be those of another one.
   *
   * @param file the file, UTF-8
   * @param classes the classes that a network was trained on
   * @return its cases; their labels are indices of {@code classes}
   * @throws IOException if it can't be read
   * @throws IllegalArgumentException if it has no case, no labels, a case's class is none of {@code classes}, or
   *     something in it is not what was expected
   */
  public static LabelledSequences read(Path file, List<String> classes) throws IOException {
    return read(file, classes, true);
  }

  /**
   * All cases of a file that may have no labels, for a network to find them.
   *
   * @param file the file, UTF-8
   * @param classes the classes that a network was trained on
   * @return its cases; without a label where the header says {@code @classLabel false}
   * @throws IOException if it can't be read
   * @throws IllegalArgumentException if it has no case, a case's class is none of {@code classes}, or something in
   *     it is not what was expected
   */
  public static LabelledSequences readToPredict(Path file, List<String> classes) throws IOException {
    return read(file, classes, false);
  }

  private static LabelledSequences read(Path path, @Nullable List<String> classes, boolean labelled)
      throws IOException {
    try (TsFile file = open(path, classes)) {
      if (labelled && !file.header.labelled()) {
        throw new IllegalArgumentException(
            path + ": @classLabel is false; expected @classLabel true and the classes, as each case needs its label");
      }
      List<LabelledSequence> cases = new ArrayList<>();
      for (Optional<LabelledSequence> next = file.next(); next.isPresent(); next = file.next()) {
        cases.add(next.get());
      }
      if (cases.isEmpty()) {
        throw new IllegalArgumentException(path + " has no case below @data; expected one on each line");
      }
      return LabelledSequences.of(file.classes, cases);
    }
  }

  /**
   * The classes that the header names.
   *
   * @return their names; empty where the header says {@code @classLabel false}
   */
  public List<String> classes() {
    return header.classes();
  }

  /**
   * Reads a case.
   *
   * @return the next case, its label an index of {@link #classes()}; empty at the end of the file
   * @throws IOException if the file can't be read
   * @throws IllegalArgumentException if the line is not what was expected
   */
  public Optional<LabelledSequence> next() throws IOException {
    String line = lines.next();
    if (line == null) {
      return Optional.empty();
    }
    String[] parts = line.split(":", -1);
    int count = parts.length - (header.labelled() ? 1 : 0);
    if (count < 1 || (dimensions != 0 && count != dimensions)) {
      throw lines.wrong(
          count + (count == 1 ? " dimension" : " dimensions") + (header.labelled() ? " and a class" : "")
              + "; expected "
              + (dimensions == 0 ? "1 or more" : Integer.toString(dimensions)) + ", separated by colons"
              + (header.labelled() ? ", and the class behind the last colon" : ""));
    }
    dimensions = count;
    int label = header.labelled() ? label(parts[count].strip()) : LabelledSequence.NO_LABEL;
    return Optional.of(new LabelledSequence(values(parts), label));
  }

  private int label(String name) {
    if (!header.classes().contains(name)) {
      throw lines.wrong(
          "the class is '" + TsHeader.shortened(name) + "'; expected one that @classLabel names: "
              + String.join(", ", header.classes()));
    }
    int label = classes.indexOf(name);
    if (label < 0) {
      throw lines.wrong(
          "the class is '" + TsHeader.shortened(name) + "'; expected one that was trained on: "
              + String.join(", ", classes));
    }
    return label;
  }

  /** [length, dimensions]: the file has a dimension after the other, a network takes a step after the other. */
  private Tensor values(String[] parts) {
    int steps = count(parts[0]);
    if (header.equal() && length == 0) {
      length = steps;
    }
    if (length != 0 && steps != length) {
      throw lines.wrong(
          "the case has " + steps + " steps; expected " + length + " as "
              + (header.length() == 0 ? "the first case has" : "@seriesLength says")
              + ", since @equalLength is true");
    }
    Tensor values = Tensor.zeros(steps, dimensions);
    for (int d = 0; d < dimensions; d++) {
      int found = count(parts[d]);
      if (found != steps) {
        throw lines.wrong(
            "dimension " + (d + 1) + " has " + found + " values; expected " + steps
                + " as dimension 1 of the case has");
      }
      int from = 0;
      for (int step = 0; step < steps; step++) {
        int comma = parts[d].indexOf(',', from);
        String text = parts[d].substring(from, comma < 0 ? parts[d].length() : comma).strip();
        values.data()[step * dimensions + d] = value(text, d, step);
        from = comma + 1;
      }
    }
    return values;
  }

  private static int count(String part) {
    return 1 + (int) part.chars().filter(c -> c == ',').count();
  }

  private float value(String text, int dimension, int step) {
    if (text.equals("?") || text.equalsIgnoreCase("nan")) {
      if (!header.missing()) {
        throw lines.wrong(place(dimension, step) + " is missing; expected a number, since @missing is false");
      }
      return Float.NaN;
    }
    float value;
    try {
      value = Float.parseFloat(text);
    } catch (NumberFormatException e) {
      throw wrongValue(text, dimension, step);
    }
    if (!Float.isFinite(value)) {
      throw wrongValue(text, dimension, step);
    }
    return value;
  }

  private IllegalArgumentException wrongValue(String text, int dimension, int step) {
    return lines.wrong(
        place(dimension, step) + " is '" + TsHeader.shortened(text) + "'; expected a number that float32 holds"
            + (header.missing() ? ", or ? where it is missing" : ""));
  }

  private static String place(int dimension, int step) {
    return "value " + (step + 1) + " of dimension " + (dimension + 1);
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
