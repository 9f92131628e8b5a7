package io.github.lstm4j.cli;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How many rows make a season, read off the dates of the first rows: a year of months, a week of days, a day of hours.
 */
final class Season {
  private static final Pattern MONTH = Pattern.compile("\\d{4}-\\d{2}");
  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final long MINUTES_PER_DAY = 24 * 60;

  private Season() {}

  /** The rows of a season; 1 where the labels are not dates or their step has no usual season. */
  static int of(List<String> labels) {
    if (labels.size() < 3) {
      return 1;
    }
    Optional<LocalDateTime> first = date(labels.get(0));
    Optional<LocalDateTime> second = date(labels.get(1));
    Optional<LocalDateTime> third = date(labels.get(2));
    if (first.isEmpty() || second.isEmpty() || third.isEmpty()) {
      return 1;
    }
    long step = Duration.between(first.get(), second.get()).toMinutes();
    long next = Duration.between(second.get(), third.get()).toMinutes();
    long days = step / MINUTES_PER_DAY;
    if (days >= 28 && days <= 31) {
      return 12;
    }
    if (days >= 90 && days <= 92) {
      return 4;
    }
    if (step == MINUTES_PER_DAY && next == step) {
      return 7;
    }
    boolean partOfDay = step > 0 && step < MINUTES_PER_DAY && next == step && MINUTES_PER_DAY % step == 0;
    return partOfDay ? (int) (MINUTES_PER_DAY / step) : 1;
  }

  private static Optional<LocalDateTime> date(String label) {
    String text = label;
    if (MONTH.matcher(text).matches()) {
      text += "-01";
    }
    if (DAY.matcher(text).matches()) {
      text += "T00:00";
    }
    try {
      return Optional.of(LocalDateTime.parse(text.replace(' ', 'T')));
    } catch (DateTimeParseException e) {
      return Optional.empty(); // a label that is no date
    }
  }
}
