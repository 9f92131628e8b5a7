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
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model's layers as JSON, for the metadata of its file: {@code {"input": 1, "layers": [{"type": "lstm",
 * "name": "rnn", …}, …]}}.
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
            json.writeBooleanField("bias", dense.bias());
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

  /**
   * Reads a description.
   *
   * @param json the description, whoever wrote it
   * @param tensors how many tensors the file has: no model of more layers can be in it, so none is put together
   * @param file the file, for messages
   * @return a builder of what is described
   */
  static ModelBuilder parse(String json, int tensors, Path file) throws IOException {
    try (JsonParser parser = JSON.createParser(json)) {
      expect(parser.nextToken(), JsonToken.START_OBJECT);
      expectField(parser, "input");
      expect(parser.nextToken(), JsonToken.VALUE_NUMBER_INT);
      ModelBuilder builder = SequenceModel.builder(parser.getIntValue());
      expectField(parser, "layers");
      expect(parser.nextToken(), JsonToken.START_ARRAY);
      int layers = 0;
      int room = tensors;
      JsonToken token = parser.nextToken();
      for (; token == JsonToken.START_OBJECT; token = parser.nextToken()) {
        if (++layers > MOST_LAYERS) {
          throw new IllegalArgumentException("more than " + MOST_LAYERS + " layers");
        }
        room -= add(builder, fields(parser), room);
      }
      expect(token, JsonToken.END_ARRAY);
      expect(parser.nextToken(), JsonToken.END_OBJECT);
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("it goes on after its JSON object");
      }
      if (layers == 0) {
        throw new IllegalArgumentException("it has no layers");
      }
      builder.parameters(); // checks the sizes of linear layers
      return builder;
    } catch (JacksonException | IllegalArgumentException | ArithmeticException e) {
      throw new SafetensorsException(
          file, "metadata entry " + KEY + " does not describe a model: " + e.getMessage(), e);
    }
  }

  private static void expect(@Nullable JsonToken token, JsonToken expected) {
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
      String text = parser.getText();
      if (text.chars().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException("\"" + name + "\" holds a control character");
      }
      fields.put(name, text);
    }
    return fields;
  }

  /** Adds a layer; the result is how many tensors it has at least. */
  private static int add(ModelBuilder builder, Map<String, String> fields, int tensors) {
    String type = take(fields, "type");
    int stacked = 0;
    switch (type) {
      case "last_step" -> builder.lastStep();
      case "mean_over_time" -> builder.meanOverTime();
      case "max_over_time" -> builder.maxOverTime();
      case "dropout" -> builder.dropout(take(fields, "name"), fraction(fields, "rate"));
      case "embedding" -> builder.embedding(
          take(fields, "name"), whole(fields, "entries"), whole(fields, "size"), whole(fields, "padding"));
      case "tied_linear" -> {
        int outputs = whole(fields, "output_size");
        builder.tiedLinear(take(fields, "name"), truth(fields, "bias"));
        int entries = builder.specs.getLast().outputSize();
        if (outputs != entries) {
          throw new IllegalArgumentException(
              "output_size is " + outputs + "; the embedding has " + entries + " entries");
        }
      }
      case "linear" -> builder.linear(take(fields, "name"), whole(fields, "output_size"), truth(fields, "bias"));
      default -> {
        CellKind cell = cell(type);
        stacked = whole(fields, "num_layers");
        if (stacked > tensors) {
          throw new IllegalArgumentException("num_layers is " + stacked + "; the file has too few tensors for that");
        }
        int layers = stacked;
        builder.recurrent(take(fields, "name"), size -> options(cell, size, layers, fields));
      }
    }
    // An option that this version does not know would change what the network computes.
    if (!fields.isEmpty()) {
      throw new IllegalArgumentException("a layer of type " + type + " has unknown entries " + fields.keySet());
    }
    return stacked;
  }

  private static CellKind cell(String type) {
    return Arrays.stream(CellKind.values())
        .filter(kind -> kind.label().equals(type))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("unknown layer type \"" + type + "\""));
  }

  private static RecurrentOptions options(CellKind cell, int inputSize, int layers, Map<String, String> fields) {
    return RecurrentOptions.of(cell, inputSize, whole(fields, "hidden_size"))
        .withLayers(layers)
        .withBias(truth(fields, "bias"))
        .withDropout(fraction(fields, "dropout"))
        .withBidirectional(truth(fields, "bidirectional"))
        .withProjSize(whole(fields, "proj_size"));
  }

  private static int whole(Map<String, String> fields, String name) {
    String text = take(fields, name);
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " is " + text + "; expected a whole number of 31 bits", e);
    }
  }

  private static float fraction(Map<String, String> fields, String name) {
    String text = take(fields, name);
    try {
      return Float.parseFloat(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " is " + text + "; expected a number", e);
    }
  }

  private static boolean truth(Map<String, String> fields, String name) {
    String text = take(fields, name);
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(name + " is " + text + "; expected true or false");
    };
  }

  private static String take(Map<String, String> fields, String name) {
    String value = fields.remove(name);
    if (value == null) {
      throw new IllegalArgumentException("a layer lacks \"" + name + "\"");
    }
    return value;
  }
}
