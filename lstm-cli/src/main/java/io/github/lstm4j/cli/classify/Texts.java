package io.github.lstm4j.cli.classify;

import io.github.lstm4j.cli.CsvTable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Texts and the classes they belong to.
 *
 * @param classes the names of the classes
 * @param texts one for each case, none of them empty
 * @param labels the class of each case
 * @param cut how files were cut into cases
 */
record Texts(List<String> classes, List<String> texts, List<Integer> labels, Cut cut) {
  private static final String EXTENSION = ".txt";
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /** How a file is cut into cases. */
  enum Cut {
    /** Each line is a case; blank ones are passed over. */
    LINES,
    /** Lines up to a blank one are a case, joined by spaces. */
    PARAGRAPHS
  }

  /** A file for each class, which is its name without {@code .txt}; each line is a case. */
  static Texts folder(Path folder) throws IOException {
    Map<String, Path> files = new LinkedHashMap<>();
    try (Stream<Path> listed = Files.list(folder)) {
      for (Path file : listed.filter(f -> f.toString().endsWith(EXTENSION)).sorted().toList()) {
        String name = String.valueOf(file.getFileName());
        files.put(name.substring(0, name.length() - EXTENSION.length()), file);
      }
    }
    if (files.size() < 2) {
      throw new IllegalArgumentException(
          folder + " has " + files.size() + " files that end in .txt; expected 2 or more, one for each class");
    }
    return files(files, Cut.LINES);
  }

  /** A file for each class. */
  static Texts files(Map<String, Path> files, Cut cut) throws IOException {
    List<String> texts = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    List<String> classes = List.copyOf(files.keySet());
    for (int label = 0; label < classes.size(); label++) {
      Path file = files.get(classes.get(label));
      List<String> cases = file == null ? List.of() : cases(file, cut);
      if (cases.isEmpty()) {
        throw new IllegalArgumentException(
            file + " is empty; expected the " + cut.name().toLowerCase(Locale.ROOT) + " of class '" + classes.get(label)
                + "'");
      }
      for (String text : cases) {
        texts.add(text);
        labels.add(label);
      }
    }
    return new Texts(classes, texts, labels, cut);
  }

  /** A CSV file with a column of labels and one of texts. */
  static Texts table(Path file, String labelColumn, String textColumn) throws IOException {
    CsvTable table = CsvTable.read(file);
    int label = table.column("--label-column", labelColumn);
    int text = table.column("--text-column", textColumn);
    List<String> classes = new ArrayList<>(new TreeSet<>(table.rows().stream().map(row -> row.get(label)).toList()));
    List<String> texts = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (int row = 0; row < table.rows().size(); row++) {
      List<String> fields = table.rows().get(row);
      int empty = fields.get(label).isBlank() ? label : fields.get(text).isBlank() ? text : -1;
      if (empty >= 0) {
        throw new IllegalArgumentException(
            file + ", line " + table.lines().get(row) + ": column '" + table.header().get(empty)
                + "' is empty; expected a label and a text in each row");
      }
      texts.add(oneLine(fields.get(text)));
      labels.add(classes.indexOf(fields.get(label)));
    }
    return new Texts(classes, texts, labels, Cut.LINES);
  }

  /** The cases of a UTF-8 file. */
  static List<String> cases(Path file, Cut cut) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IllegalArgumentException(file + " is a folder; expected a file of text");
    }
    List<String> cases = new ArrayList<>();
    StringBuilder paragraph = new StringBuilder();
    for (String line : decoded(file).lines().toList()) {
      paragraph.append(paragraph.isEmpty() ? "" : " ").append(oneLine(line));
      if (cut == Cut.LINES || line.isBlank()) {
        add(paragraph, cases);
      }
    }
    add(paragraph, cases);
    return cases;
  }

  /** The text of a whole file, of which all cases are kept anyway; without a byte order mark. */
  private static String decoded(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    CharBuffer text = CharBuffer.allocate(bytes.remaining()); // no byte makes more than one char
    if (StandardCharsets.UTF_8.newDecoder().decode(bytes, text, true).isError()) {
      throw new IOException(
          String.format(
              Locale.ROOT, "%s: byte %d (0x%x, counted from 0) begins no character of UTF-8; expected text in UTF-8",
              file, bytes.position(), bytes.get(bytes.position())));
    }
    text.flip();
    boolean marked = text.hasRemaining() && text.get(0) == BYTE_ORDER_MARK;
    return text.subSequence(marked ? 1 : 0, text.remaining()).toString();
  }

  private static void add(StringBuilder text, List<String> cases) {
    if (!text.toString().isBlank()) {
      cases.add(text.toString().strip());
    }
    text.setLength(0);
  }

  /** A text as cases are read: runs of white space are one space. */
  static String oneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }
}
