package io.github.lstm4j.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the lines before {@code @data} say. Lines that are not known here are passed over.
 *
 * @param labelled whether each case ends with its class
 * @param classes their names; empty without labels
 * @param dimensions of each case, or 0 where the first case tells
 * @param length of every dimension, or 0 where cases have their own
 * @param equal whether all cases have the length of the first
 * @param missing whether values may be missing
 */
record TsHeader(
    boolean labelled, List<String> classes, int dimensions, int length, boolean equal, boolean missing) {

  /** Reads up to and with {@code @data}. */
  static TsHeader read(NumberedLines lines) throws IOException {
    Draft draft = new Draft(lines);
    for (String line = lines.next(); line != null; line = lines.next()) {
      if (!line.startsWith("@")) {
        throw lines.wrong("'" + shortened(line) + "' stands before @data; expected header lines that start with @, then"
            + " @data");
      }
      String[] words = line.split("\\s+", -1);
      if (words[0].equalsIgnoreCase("@data")) {
        return draft.header();
      }
      draft.read(words);
    }
    throw new IllegalArgumentException(
        lines.file() + " has no line @data; expected header lines that start with @, then @data, then a case on"
            + " each line");
  }

  /** The start of a text that may be very long, for a message. */
  static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }

  /** What was read so far. */
  private static final class Draft {
    private final NumberedLines lines;
    private @Nullable List<String> classes;
    private int dimensions;
    private int length;
    private boolean univariate;
    private boolean equal;
    private boolean missing = true; // where nothing is said, a question mark is welcome

    Draft(NumberedLines lines) {
      this.lines = lines;
    }

    void read(String[] words) {
      switch (words[0].toLowerCase(Locale.ROOT)) {
        case "@timestamps" -> {
          if (truth(words)) {
            throw lines.wrong(
                "@timeStamps is true: each value then has a time of its own, and steps need not be evenly spaced;"
                    + " expected false, as a network takes one step after the other");
          }
        }
        case "@targetlabel" -> {
          if (truth(words)) {
            throw lines.wrong("@targetLabel is true: each case has a number to predict; expected @classLabel true"
                + " and classes");
          }
        }
        case "@missing" -> missing = truth(words);
        case "@univariate" -> univariate = truth(words);
        case "@equallength" -> equal = truth(words);
        case "@dimensions", "@dimension" -> dimensions = number(words);
        case "@serieslength" -> length = number(words);
        case "@classlabel" -> classes = classes(words);
        default -> { } // @problemName and what others may have added
      }
    }

    TsHeader header() {
      List<String> named = classes;
      if (named == null) {
        throw lines.wrong("no line @classLabel before @data; expected @classLabel true and the classes");
      }
      if (univariate && dimensions > 1) {
        throw lines.wrong("@univariate is true and @dimensions is " + dimensions + "; expected one or the other");
      }
      return new TsHeader(
          !named.isEmpty(), named, univariate ? 1 : dimensions, equal ? length : 0, equal, missing);
    }

    private List<String> classes(String[] words) {
      List<String> named = new ArrayList<>(List.of(words)).subList(Math.min(2, words.length), words.length);
      if (!truth(words)) {
        return List.of();
      }
      if (named.isEmpty()) {
        throw lines.wrong("@classLabel is true and names no class; expected the classes behind it, as in"
            + " @classLabel true a b");
      }
      if (new HashSet<>(named).size() < named.size()) {
        throw lines.wrong("@classLabel names a class twice: " + String.join(" ", named) + "; expected different ones");
      }
      return List.copyOf(named);
    }

    private boolean truth(String[] words) {
      String word = words.length < 2 ? "" : words[1].toLowerCase(Locale.ROOT);
      if (!word.equals("true") && !word.equals("false")) {
        throw lines.wrong(words[0] + " is '" + word + "'; expected true or false");
      }
      return word.equals("true");
    }

    private int number(String[] words) {
      String word = words.length < 2 ? "" : words[1];
      if (!word.matches("[1-9][0-9]{0,8}")) {
        throw lines.wrong(words[0] + " is '" + shortened(word) + "'; expected a whole number of 1 or more");
      }
      return Integer.parseInt(word);
    }
  }
}
