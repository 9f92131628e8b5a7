package io.github.lstm4j.bench.contest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.github.lstm4j.bench.peer.Task;
import io.github.lstm4j.bench.peer.TaskMode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Reads what {@link ReportWriter} wrote. */
final class ReportReader {
  private final Path file;
  private final JsonParser parser;

  private ReportReader(Path file, JsonParser parser) {
    this.file = file;
    this.parser = parser;
  }

  static Report read(Path file) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(file.toFile())) {
      return new ReportReader(file, parser).report();
    } catch (JsonProcessingException e) {
      throw new IOException(file + " is no JSON: " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " is no report of ./lstm bench: " + e.getMessage(), e);
    }
  }

  private Report report() throws IOException {
    expect(parser.nextToken(), JsonToken.START_OBJECT);
    String started = "";
    String command = "";
    SequencedMap<String, String> machine = new LinkedHashMap<>();
    List<MatchResult> results = new ArrayList<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken token = parser.nextToken();
      switch (field) {
        case "started" -> started = parser.getText();
        case "command" -> command = parser.getText();
        case "machine" -> {
          expect(token, JsonToken.START_OBJECT);
          while (parser.nextToken() == JsonToken.FIELD_NAME) {
            machine.put(parser.currentName(), parser.nextTextValue());
          }
        }
        case "results" -> {
          expect(token, JsonToken.START_ARRAY);
          while (parser.nextToken() == JsonToken.START_OBJECT) {
            results.add(result());
          }
        }
        default -> parser.skipChildren();
      }
    }
    return new Report(started, command, machine, results);
  }

  private MatchResult result() throws IOException {
    TaskMode mode = TaskMode.INFER;
    String size = "";
    int threads = 0;
    double peak = Double.NaN;
    SequencedMap<String, Timing> timings = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken token = parser.nextToken();
      switch (field) {
        case "mode" -> mode = TaskMode.parse(parser.getText());
        case "size" -> size = parser.getText();
        case "threads" -> threads = parser.getIntValue();
        case "peak" -> peak = 1e9 * number();
        case "contestants" -> {
          expect(token, JsonToken.START_OBJECT);
          while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            timings.put(name, timing());
          }
        }
        default -> parser.skipChildren();
      }
    }
    return new MatchResult(new Task(mode, size), threads, peak, timings);
  }

  private Timing timing() throws IOException {
    double median = Double.NaN;
    double least = Double.NaN;
    double most = Double.NaN;
    int rounds = 0;
    int calls = 0;
    double difference = Double.NaN;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "median" -> median = 1e6 * number();
        case "least" -> least = 1e6 * number();
        case "most" -> most = 1e6 * number();
        case "rounds" -> rounds = parser.getIntValue();
        case "calls" -> calls = parser.getIntValue();
        case "difference" -> difference = number();
        default -> parser.skipChildren();
      }
    }
    return new Timing(median, least, most, rounds, calls, difference);
  }

  private double number() throws IOException {
    return parser.currentToken() == JsonToken.VALUE_NULL ? Double.NaN : parser.getDoubleValue();
  }

  private void expect(JsonToken actual, JsonToken expected) throws IOException {
    if (actual != expected) {
      throw new IOException(file + " is no report of ./lstm bench: expected " + expected + ", found " + actual);
    }
  }
}
