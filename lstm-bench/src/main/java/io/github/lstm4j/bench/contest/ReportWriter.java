package io.github.lstm4j.bench.contest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes a report as JSON. Times are in milliseconds, rates in GF/s. */
final class ReportWriter {
  /** Timers and machines do not give more. */
  private static final MathContext DIGITS = new MathContext(5);

  private ReportWriter() {}

  static void write(Report report, Path file) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      json.writeStringField("started", report.started());
      json.writeStringField("command", report.command());
      json.writeObjectFieldStart("machine");
      for (Map.Entry<String, String> entry : report.machine().entrySet()) {
        json.writeStringField(entry.getKey(), entry.getValue());
      }
      json.writeEndObject();
      json.writeArrayFieldStart("results");
      for (MatchResult result : report.results()) {
        result(json, result);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    Files.writeString(file, text + System.lineSeparator());
  }

  private static void result(JsonGenerator json, MatchResult result) throws IOException {
    json.writeStartObject();
    json.writeStringField("mode", result.task().mode().word());
    json.writeStringField("size", result.task().size());
    json.writeNumberField("threads", result.threads());
    number(json, "peak", result.peak() / 1e9);
    json.writeObjectFieldStart("contestants");
    for (Map.Entry<String, Timing> entry : result.timings().entrySet()) {
      Timing timing = entry.getValue();
      json.writeObjectFieldStart(entry.getKey());
      number(json, "median", timing.millis());
      number(json, "least", timing.least() / 1e6);
      number(json, "most", timing.most() / 1e6);
      json.writeNumberField("rounds", timing.rounds());
      json.writeNumberField("calls", timing.calls());
      number(json, "difference", timing.difference());
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  /** JSON has no NaN: what was not measured is null. */
  private static void number(JsonGenerator json, String name, double value) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumberField(name, new BigDecimal(value).round(DIGITS));
    } else {
      json.writeNullField(name);
    }
  }
}
