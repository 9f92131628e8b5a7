package io.github.lstm4j.io;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What somebody may have meant who asked for a name that is not there. */
final class NearNames {
  private static final int SHOWN = 5;

  /** Bounds on the work for a hostile file: names looked at, and their length in characters. */
  private static final int LOOKED_AT = 4096;

  private static final int LONGEST = 128;

  private NearNames() {}

  /** A clause for a message: the nearest names, or the first ones if none is near. */
  static String hint(String wanted, Collection<String> names) {
    if (names.isEmpty()) {
      return "the file holds no tensors";
    }
    List<String> near = near(wanted, names);
    if (!near.isEmpty()) {
      return "did you mean " + join(near) + "?";
    }
    List<String> first = names.stream().limit(SHOWN).toList();
    int more = names.size() - first.size();
    return "the file holds " + join(first) + (more > 0 ? " and " + more + " more" : "");
  }

  private static String join(List<String> names) {
    return names.stream().map(Printable::quoted).collect(Collectors.joining(", "));
  }

  private static List<String> near(String wanted, Collection<String> names) {
    record Candidate(String name, int distance) {}

    if (wanted.length() > LONGEST) {
      return List.of();
    }
    String lower = wanted.toLowerCase(Locale.ROOT);
    List<Candidate> candidates = new ArrayList<>();
    for (String name : names.stream().limit(LOOKED_AT).filter(n -> n.length() <= LONGEST).toList()) {
      String other = name.toLowerCase(Locale.ROOT);
      // A missing or superfluous prefix ("rnn.weight_ih_l0") is the commonest mistake; next, a slip of the pen.
      int distance = other.endsWith("." + lower) || lower.endsWith("." + other) ? 0 : editDistance(lower, other);
      if (distance <= Math.max(1, wanted.length() / 4)) {
        candidates.add(new Candidate(name, distance));
      }
    }
    candidates.sort(Comparator.comparingInt(Candidate::distance));
    return candidates.stream().limit(SHOWN).map(Candidate::name).toList();
  }

  /** Insertions, deletions and replacements that lead from one string to the other. */
  private static int editDistance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
