package io.github.lstm4j.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/** Reads what JMH writes with {@code -rf json}. */
final class ResultFile {
  private final Path file;
  private final JsonParser parser;

  private ResultFile(Path file, JsonParser parser) {
    this.file = file;
    this.parser = parser;
  }

  /**
   * Reads all main figures.
   *
   * @param file JMH's JSON
   * @return figures by benchmark and parameters, in the file's order
   * @throws IOException if it can't be read or is no such file; the message names it
   */
  static SequencedMap<String, Score> read(Path file) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(file.toFile())) {
      return new ResultFile(file, parser).scores();
    } catch (JsonProcessingException e) {
      throw new IOException(file + " is no JSON: " + e.getOriginalMessage(), e);
    }
  }

  private SequencedMap<String, Score> scores() throws IOException {
    if (parser.nextToken() != JsonToken.START_ARRAY) {
      throw new IOException(file + " is no result of JMH: expected a list, found " + parser.currentToken());
    }
    SequencedMap<String, Score> scores = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      Score score = score();
      if (scores.put(score.key(), score) != null) {
        throw new IOException(file + " holds " + score.key() + " twice");
      }
    }
    return scores;
  }

  private Score score() throws IOException {
    String benchmark = "";
    String mode = "";
    String unit = "";
    double value = Double.NaN;
    double error = Double.NaN;
    Map<String, String> parameters = new TreeMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken token = parser.nextToken();
      if (field.equals("benchmark")) {
        benchmark = parser.getText();
      } else if (field.equals("mode")) {
        mode = parser.getText();
      } else if (field.equals("params") && token == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          parser.nextToken();
          parameters.put(name, parser.getText());
        }
      } else if (field.equals("primaryMetric") && token == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          parser.nextToken();
          switch (name) {
            case "score" -> value = number();
            case "scoreError" -> error = number();
            case "scoreUnit" -> unit = parser.getText();
            default -> parser.skipChildren();
          }
        }
      } else {
        parser.skipChildren();
      }
    }
    if (benchmark.isEmpty() || Double.isNaN(value)) {
      throw new IOException(file + " is no result of JMH: an entry without benchmark or primaryMetric.score");
    }
    String key = benchmark + (parameters.isEmpty() ? "" : " " + parameters);
    return new Score(key, !mode.equals("thrpt"), value, error, unit);
  }

  /** JMH writes what is no number as a string. */
  private double number() throws IOException {
    if (parser.currentToken().isNumeric()) {
      return parser.getDoubleValue();
    }
    try {
      return Double.parseDouble(parser.getText());
    } catch (NumberFormatException e) {
      throw new IOException(file + ": \"" + parser.getText() + "\" stands where a score should", e);
    }
  }
}
