package io.github.lstm4j.cli;

import java.util.Collection;
import picocli.CommandLine.Model.CommandSpec;

/** The option or command that a mistyped word most likely meant. */
final class NearestName {
  private NearestName() {}

  /** The nearest name; empty where none is within a third of the word's length of it. */
  static String of(String word, CommandSpec spec) {
    String typed = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
    return of(typed, typed.startsWith("-") ? spec.optionsMap().keySet() : spec.subcommands().keySet());
  }

  /** The nearest of some names; empty where none is within a third of the word's length of it. */
  static String of(String typed, Collection<String> names) {
    String nearest = "";
    int least = Math.max(2, typed.length() / 3) + 1;
    for (String name : names) {
      int distance = distance(typed, name);
      if (distance < least) {
        least = distance;
        nearest = name;
      }
    }
    return nearest;
  }

  /** Levenshtein's distance: the fewest insertions, deletions and replacements that turn one word into the other. */
  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
