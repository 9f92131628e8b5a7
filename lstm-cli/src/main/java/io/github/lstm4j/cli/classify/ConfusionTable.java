package io.github.lstm4j.cli.classify;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.github.lstm4j.data.LabelledSequences;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** How often each class was told as each. */
final class ConfusionTable {
  private final List<String> classes;
  private final int[][] counts; // [actual][told]

  ConfusionTable(LabelledSequences actual, List<Prediction> told) {
    classes = actual.classes();
    counts = new int[classes.size()][classes.size()];
    for (int i = 0; i < actual.count(); i++) {
      counts[actual.get(i).label()][told.get(i).label()]++;
    }
  }

  /** The share of right ones. */
  double accuracy() {
    int right = 0;
    int all = 0;
    for (int i = 0; i < counts.length; i++) {
      right += counts[i][i];
      all += total(i);
    }
    return (double) right / all;
  }

  /** The share of the most frequent class: what telling it always would come to. */
  double majority() {
    int most = 0;
    int all = 0;
    for (int i = 0; i < counts.length; i++) {
      most = Math.max(most, total(i));
      all += total(i);
    }
    return (double) most / all;
  }

  private int total(int actual) {
    int total = 0;
    for (int count : counts[actual]) {
      total += count;
    }
    return total;
  }

  /** Prints a row for each class; where the columns do not fit into a line, only the shares of right ones. */
  void print(PrintWriter out, int width) {
    int name = classes.stream().mapToInt(String::length).max().orElse(0);
    int[] columns = IntStream.range(0, classes.size()).map(this::columnWidth).toArray();
    boolean whole = 7 + name + IntStream.of(columns).sum() + 9 <= width;
    out.println("Rows are the actual class, " + (whole ? "columns the one told, by its number." : "")
        + (whole ? "" : "with the share told right (the columns are in confusion.csv)."));
    StringBuilder header = new StringBuilder(" ".repeat(7 + name));
    for (int j = 0; whole && j < classes.size(); j++) {
      header.append(String.format(Locale.ROOT, "%" + columns[j] + "d", j + 1));
    }
    out.println(header + "    right");
    for (int i = 0; i < classes.size(); i++) {
      StringBuilder row = new StringBuilder();
      row.append(String.format(Locale.ROOT, "  %3d  %-" + name + "s", i + 1, classes.get(i)));
      for (int j = 0; whole && j < classes.size(); j++) {
        row.append(String.format(Locale.ROOT, "%" + columns[j] + "s", counts[i][j] == 0 ? "." : "" + counts[i][j]));
      }
      int total = total(i);
      String right = String.format(Locale.ROOT, "  %5.1f %%", 100.0 * counts[i][i] / Math.max(1, total));
      out.println(row + (total == 0 ? "     none" : right));
    }
  }

  /** Room for its number and its counts, and a space. */
  private int columnWidth(int column) {
    int largest = column + 1;
    for (int[] row : counts) {
      largest = Math.max(largest, row[column]);
    }
    return 1 + Integer.toString(largest).length();
  }

  /** Writes {@code actual,<class>,<class>,…} and a row for each class. */
  void csv(OutputStream stream) throws IOException {
    CsvWriter csv = CsvWriter.builder().build(stream, StandardCharsets.UTF_8);
    List<String> header = new ArrayList<>(List.of("actual"));
    header.addAll(classes);
    csv.writeRecord(header);
    for (int i = 0; i < counts.length; i++) {
      List<String> row = new ArrayList<>(List.of(classes.get(i)));
      for (int count : counts[i]) {
        row.add(Integer.toString(count));
      }
      csv.writeRecord(row);
    }
    csv.flush();
  }
}
