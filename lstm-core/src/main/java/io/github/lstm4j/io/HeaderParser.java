package io.github.lstm4j.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns the JSON of a safetensors header into a {@link Header}, within {@link SafetensorsLimits}. */
final class HeaderParser {
  // Names are the attacker's choice: no symbol table that they could fill or make collide.
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(SafetensorsLimits.JSON_DEPTH)
                  .maxNameLength(SafetensorsLimits.NAME_BYTES)
                  .maxStringLength(SafetensorsLimits.HEADER_BYTES)
                  .maxNumberLength(SafetensorsLimits.NUMBER_DIGITS)
                  .maxTokenCount(SafetensorsLimits.JSON_TOKENS)
                  .maxDocumentLength(SafetensorsLimits.HEADER_BYTES)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private final Path file;
  private final JsonParser parser;
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private final List<TensorInfo> tensors = new ArrayList<>();
  private final CharsetEncoder unicode = StandardCharsets.UTF_8.newEncoder();

  private HeaderParser(Path file, JsonParser parser) {
    this.file = file;
    this.parser = parser;
  }

  /**
   * Parses a header.
   *
   * @param file the file, for messages
   * @param bytes the header, at most {@link SafetensorsLimits#HEADER_BYTES}
   */
  static Header parse(Path file, ByteBuffer bytes) throws SafetensorsException {
    CharBuffer text = decode(file, bytes);
    try (JsonParser parser = JSON.createParser(text.array(), text.arrayOffset(), text.length())) {
      HeaderParser header = new HeaderParser(file, parser);
      header.readAll();
      return new Header(header.metadata, header.tensors);
    } catch (StreamConstraintsException e) {
      // Without the name of the parser's own setting, which the reader of the message cannot change.
      String limit = e.getOriginalMessage().replaceFirst(", from `[^`]*`", "");
      throw new SafetensorsException(file, "the header is past a limit: " + Printable.of(limit), e);
    } catch (JsonProcessingException e) {
      String problem = Printable.of(e.getOriginalMessage());
      long position = e.getLocation() == null ? -1 : e.getLocation().getCharOffset();
      String where = position < 0 ? "" : " (at character " + position + ")";
      throw new SafetensorsException(file, "the header is not valid JSON: " + problem + where, e);
    } catch (SafetensorsException e) {
      throw e;
    } catch (IOException e) {
      throw new SafetensorsException(file, "the header cannot be parsed: " + Printable.of(e.toString()), e);
    }
  }

  private static CharBuffer decode(Path file, ByteBuffer bytes) throws SafetensorsException {
    try {
      // A new decoder reports malformed input; jackson's own is lenient about overlong forms.
      return StandardCharsets.UTF_8.newDecoder().decode(bytes);
    } catch (CharacterCodingException e) {
      throw new SafetensorsException(
          file, "the header is not valid UTF-8 from its byte " + bytes.position() + " on; expected JSON in UTF-8", e);
    }
  }

  private void readAll() throws IOException {
    expect(parser.nextToken(), JsonToken.START_OBJECT, "the header");
    for (String name = nextName(); name != null; name = nextName()) {
      parser.nextToken();
      if (name.equals(Header.METADATA)) {
        readMetadata();
      } else if (tensors.size() == SafetensorsLimits.TENSORS) {
        throw problem("the header has more than " + SafetensorsLimits.TENSORS + " tensors, the most that is read");
      } else {
        tensors.add(readTensor(name));
      }
    }
    if (parser.nextToken() != null) {
      throw problem("the header goes on after its JSON object; expected spaces only");
    }
  }

  private @Nullable String nextName() throws IOException {
    String name = parser.nextFieldName();
    if (name != null) {
      if (SafetensorsLimits.isNameTooLong(name)) {
        throw problem(
            "the name " + Printable.quoted(name) + " is longer than " + SafetensorsLimits.NAME_BYTES + " bytes");
      }
      requireText(name, "a name");
    }
    return name;
  }

  private void readMetadata() throws IOException {
    expect(parser.currentToken(), JsonToken.START_OBJECT, Header.METADATA);
    for (String key = nextName(); key != null; key = nextName()) {
      expect(parser.nextToken(), JsonToken.VALUE_STRING, Header.METADATA + " " + Printable.quoted(key));
      String value = parser.getText();
      requireText(value, Header.METADATA + " " + Printable.quoted(key));
      if (metadata.size() == SafetensorsLimits.METADATA_ENTRIES) {
        throw problem(Header.METADATA + " has more than " + SafetensorsLimits.METADATA_ENTRIES + " strings");
      }
      metadata.put(key, value);
    }
  }

  private TensorInfo readTensor(String name) throws IOException {
    String tensor = "tensor " + Printable.quoted(name);
    expect(parser.currentToken(), JsonToken.START_OBJECT, tensor);
    DType dtype = null;
    List<Long> shape = null;
    List<Long> offsets = null;
    for (String field = nextName(); field != null; field = nextName()) {
      parser.nextToken();
      switch (field) {
        case "dtype" -> dtype = readDType(tensor);
        case "shape" -> shape = readNumbers("shape of " + tensor, SafetensorsLimits.RANK, "dimensions");
        case "data_offsets" -> offsets = readNumbers("data_offsets of " + tensor, 2, "numbers");
        // The format's own reader ignores fields that it does not know.
        default -> parser.skipChildren();
      }
    }
    if (dtype == null || shape == null || offsets == null) {
      String missing = dtype == null ? "dtype" : shape == null ? "shape" : "data_offsets";
      throw problem(tensor + " has no " + missing + "; expected dtype, shape and data_offsets");
    }
    if (offsets.size() != 2) {
      throw problem("data_offsets of " + tensor + " has " + offsets.size() + " numbers; expected 2");
    }
    return new TensorInfo(name, dtype, shape, offsets.get(0), offsets.get(1));
  }

  private DType readDType(String tensor) throws IOException {
    expect(parser.currentToken(), JsonToken.VALUE_STRING, "dtype of " + tensor);
    String name = parser.getText();
    return DType.named(name)
        .orElseThrow(
            () -> problem(tensor + " has the unknown dtype " + Printable.quoted(name) + "; expected one like F32"));
  }

  private List<Long> readNumbers(String what, int most, String unit) throws IOException {
    expect(parser.currentToken(), JsonToken.START_ARRAY, what);
    List<Long> numbers = new ArrayList<>(most);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (numbers.size() == most) {
        throw problem(what + " has more than " + most + " " + unit);
      }
      numbers.add(readSize(what));
    }
    return numbers;
  }

  private long readSize(String what) throws IOException {
    expect(parser.currentToken(), JsonToken.VALUE_NUMBER_INT, what);
    String digits = parser.getText();
    if (digits.startsWith("-")) {
      throw problem(what + " holds the negative " + digits + "; expected 0 or more");
    }
    if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      throw problem(what + " holds " + digits + ", which overflows 63 bits");
    }
    return parser.getLongValue();
  }

  private void expect(@Nullable JsonToken token, JsonToken expected, String what) throws IOException {
    if (token != expected) {
      throw problem(what + " is " + describe(token) + "; expected " + describe(expected));
    }
  }

  private static String describe(@Nullable JsonToken token) {
    return token == null ? "cut off" : switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT -> "a whole number";
      case VALUE_NUMBER_FLOAT -> "a fraction";
      case VALUE_TRUE, VALUE_FALSE -> "a truth value";
      case VALUE_NULL -> "null";
      default -> token.name();
    };
  }

  private void requireText(String text, String what) throws SafetensorsException {
    // An escape such as \ud800 gets past the UTF-8 check, but what it names cannot be encoded again.
    if (!unicode.canEncode(text)) {
      throw problem(what + " is not valid Unicode: " + Printable.quoted(text) + " has half a surrogate pair");
    }
  }

  private SafetensorsException problem(String problem) {
    return new SafetensorsException(file, problem);
  }
}
