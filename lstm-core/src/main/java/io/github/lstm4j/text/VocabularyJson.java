package io.github.lstm4j.text;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.github.lstm4j.io.SafetensorsException;
import io.github.lstm4j.io.SafetensorsLimits;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A vocabulary as JSON, for the metadata of a model file: {@code {"level": "character", "symbols": ["\n", " ", …]}}.
 */
final class VocabularyJson {
  static final String KEY = "lstm4j.text.vocabulary";

  /** A string inside a string: each quote is escaped, which makes three bytes into four at the most. In bytes. */
  private static final int MOST = SafetensorsLimits.HEADER_BYTES / 2;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(2).maxStringLength(10_000).maxNumberLength(1).build())
          .build();

  private VocabularyJson() {}

  static String write(Vocabulary vocabulary) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("level", vocabulary.level().label());
      json.writeArrayFieldStart("symbols");
      for (String symbol : vocabulary.symbols()) {
        json.writeString(symbol);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter never fails
    }
    return text.toString();
  }

  /** Fails if a vocabulary has no room in a model file: asked before hours of training. */
  static void requireRoom(Vocabulary vocabulary) {
    int bytes = write(vocabulary).getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MOST) {
      throw new IllegalArgumentException(
          "the vocabulary of " + vocabulary.size() + " symbols takes " + bytes + " bytes in a model file; expected at"
              + " most " + MOST + ", with a limit or a minimum count");
    }
  }

  static Vocabulary read(String text, Path file) throws IOException {
    try (JsonParser json = JSON.createParser(text)) {
      expect(json.nextToken(), JsonToken.START_OBJECT);
      expectField(json, "level");
      expect(json.nextToken(), JsonToken.VALUE_STRING);
      String label = json.getText();
      TextLevel level =
          Arrays.stream(TextLevel.values())
              .filter(value -> value.label().equals(label))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("unknown level " + Vocabulary.shown(label)));
      expectField(json, "symbols");
      expect(json.nextToken(), JsonToken.START_ARRAY);
      List<String> symbols = new ArrayList<>();
      JsonToken token = json.nextToken();
      for (; token == JsonToken.VALUE_STRING; token = json.nextToken()) {
        symbols.add(json.getText());
      }
      expect(token, JsonToken.END_ARRAY);
      expect(json.nextToken(), JsonToken.END_OBJECT);
      expect(json.nextToken(), null);
      return new Vocabulary(level, symbols);
    } catch (JacksonException | IllegalArgumentException e) {
      throw new SafetensorsException(file, "metadata entry " + KEY + " is no vocabulary: " + e.getMessage(), e);
    }
  }

  private static void expect(@Nullable JsonToken token, @Nullable JsonToken expected) {
    if (token != expected) {
      throw new IllegalArgumentException("found " + token + " where " + expected + " belongs");
    }
  }

  private static void expectField(JsonParser json, String name) throws IOException {
    if (json.nextToken() != JsonToken.FIELD_NAME || !name.equals(json.currentName())) {
      throw new IllegalArgumentException("found no \"" + name + "\" where it belongs");
    }
  }
}
