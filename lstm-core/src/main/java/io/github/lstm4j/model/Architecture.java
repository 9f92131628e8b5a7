package io.github.lstm4j.model;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.github.lstm4j.io.SafetensorsException;
import io.github.lstm4j.layer.CellKind;
import io.github.lstm4j.layer.PoolOverTime;
import io.github.lstm4j.layer.RecurrentOptions;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A model's layers as JSON, for the metadata of its file: {@code {"input": 1, "layers": [{"type": "lstm", "name": "rnn",
 * …}, …]}}.
 */
final class Architecture {
  static final String KEY = "lstm4j.architecture";

  private static final int MOST_LAYERS = 1_000;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(4).maxStringLength(1_000).maxNumberLength(32).build())
          .build();

  private Architecture() {}

  static String toJson(int inputSize, List<LayerSpec> specs) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeNumberField("input", inputSize);
      json.writeArrayFieldStart("layers");
      for (LayerSpec spec : specs) {
        json.writeStartObject();
        switch (spec) {
          case LayerSpec.Recurrent(String name, RecurrentOptions options) -> write(json, name, options);
          case LayerSpec.Last last -> json.writeStringField("type", "last_step");
          case LayerSpec.Pool pool ->
              json.writeStringField("type", pool.kind() == PoolOverTime.Kind.MEAN ? "mean_over_time" : "max_over_time");
          case LayerSpec.Drop drop -> {
            json.writeStringField("type", "dropout");
            json.writeStringField("name", drop.name());
            json.writeNumberField("rate", drop.rate());
          }
          case LayerSpec.Lookup lookup -> {
            json.writeStringField("type", "embedding");
            json.writeStringField("name", lookup.name());
            json.writeNumberField("entries", lookup.entries());
            json.writeNumberField("size", lookup.outputSize());
            json.writeNumberField("padding", lookup.padding());
          }
          case LayerSpec.Dense dense -> {
            json.writeStringField("type", dense.tiedTo() == null ? "linear" : "tied_linear");
            json.writeStringField("name", dense.name());
            json.writeNumberField("output_size", dense.outputSize());
          }
        }
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter never fails
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, String name, RecurrentOptions options) throws IOException {
    json.writeStringField("type", options.cell().label());
    json.writeStringField("name", name);
    json.writeNumberField("hidden_size", options.hiddenSize());
    json.writeNumberField("num_layers", options.layers());
    json.writeBooleanField("bias", options.bias());
    json.writeNumberField("dropout", options.dropout());
    json.writeBooleanField("bidirectional", options.bidirectional());
    json.writeNumberField("proj_size", options.projSize());
  }

  static SequenceModel.Builder parse(String json, Path file) throws IOException {
    try (JsonParser parser = JSON.createParser(json)) {
      expect(parser.nextToken(), JsonToken.START_OBJECT);
      expectField(parser, "input");
      parser.nextToken();
      SequenceModel.Builder builder = SequenceModel.builder(parser.getIntValue());
      expectField(parser, "layers");
      expect(parser.nextToken(), JsonToken.START_ARRAY);
      int layers = 0;
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        if (++layers > MOST_LAYERS) {
          throw new IllegalArgumentException("more than " + MOST_LAYERS + " layers");
        }
        add(builder, fields(parser));
      }
      return builder;
    } catch (JacksonException | IllegalArgumentException | ArithmeticException e) {
      throw new SafetensorsException(
          file, "metadata entry " + KEY + " does not describe a model: " + e.getMessage(), e);
    }
  }

  private static void expect(JsonToken token, JsonToken expected) {
    if (token != expected) {
      throw new IllegalArgumentException("found " + token + " where " + expected + " belongs");
    }
  }

  private static void expectField(JsonParser parser, String name) throws IOException {
    if (parser.nextToken() != JsonToken.FIELD_NAME || !name.equals(parser.currentName())) {
      throw new IllegalArgumentException("found " + parser.currentName() + " where \"" + name + "\" belongs");
    }
  }

  private static Map<String, String> fields(JsonParser parser) throws IOException {
    Map<String, String> fields = new HashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (!value.isScalarValue()) {
        throw new IllegalArgumentException("\"" + name + "\" holds " + value + "; expected a plain value");
      }
      fields.put(name, parser.getText());
    }
    return fields;
  }

  private static void add(SequenceModel.Builder builder, Map<String, String> fields) {
    String type = get(fields, "type");
    switch (type) {
      case "last_step" -> builder.lastStep();
      case "mean_over_time" -> builder.meanOverTime();
      case "max_over_time" -> builder.maxOverTime();
      case "dropout" -> builder.dropout(get(fields, "name"), Float.parseFloat(get(fields, "rate")));
      case "embedding" -> builder.embedding(
          get(fields, "name"), Integer.parseInt(get(fields, "entries")), Integer.parseInt(get(fields, "size")),
          Integer.parseInt(get(fields, "padding")));
      case "tied_linear" -> builder.tiedLinear(get(fields, "name"));
      case "linear" -> builder.linear(get(fields, "name"), Integer.parseInt(get(fields, "output_size")));
      default -> {
        CellKind cell = CellKind.of(type);
        builder.recurrent(get(fields, "name"), size -> options(cell, size, fields));
      }
    }
  }

  private static RecurrentOptions options(CellKind cell, int inputSize, Map<String, String> fields) {
    return RecurrentOptions.of(cell, inputSize, Integer.parseInt(get(fields, "hidden_size")))
        .withLayers(Integer.parseInt(get(fields, "num_layers")))
        .withBias(Boolean.parseBoolean(get(fields, "bias")))
        .withDropout(Float.parseFloat(get(fields, "dropout")))
        .withBidirectional(Boolean.parseBoolean(get(fields, "bidirectional")))
        .withProjSize(Integer.parseInt(get(fields, "proj_size")));
  }

  private static String get(Map<String, String> fields, String name) {
    String value = fields.get(name);
    if (value == null) {
      throw new IllegalArgumentException("a layer lacks \"" + name + "\"");
    }
    return value;
  }
}
