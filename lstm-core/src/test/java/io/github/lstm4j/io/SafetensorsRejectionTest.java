package io.github.lstm4j.io;

import static io.github.lstm4j.io.RawFile.entry;
import static io.github.lstm4j.io.RawFile.one;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file that must be refused, one by one, each with a message of its own. */
final class SafetensorsRejectionTest {
  private static Arguments row(String what, byte[] file, String message) {
    return Arguments.of(what, file, message);
  }

  private static Arguments row(String what, String header, int dataBytes, String message) {
    return row(what, RawFile.of(header, dataBytes), message);
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  static Stream<Arguments> starts() {
    byte[] empty = "{}".getBytes(StandardCharsets.UTF_8);
    byte[] none = {};
    return Stream.of(
        row("empty", none, "the file has 0 bytes; expected at least the 8"),
        row("under 8 bytes", bytes(2, 0, 0, 0, 0, 0, 0), "the file has 7 bytes; expected at least the 8"),
        row("header past the end", RawFile.withLength(3, empty, none),
            "claims 3 bytes, past the end of the file, which"),
        row("header over the cap", RawFile.withLength((16 << 20) + 1, empty, none),
            "claims 16777217 bytes; expected at most"),
        row("header of 2^63 bytes", RawFile.withLength(Long.MIN_VALUE, empty, none),
            "claims 9223372036854775808 bytes"),
        row("header of 2^64-1 bytes", RawFile.withLength(-1, empty, none), "claims 18446744073709551615 bytes"),
        row("no header", RawFile.withLength(0, none, none), "does not start with '{'"),
        row("leading space", " {}", 0, "does not start with '{'"),
        row("an array", "[]", 0, "does not start with '{'"),
        row("a byte order mark", "\ufeff{}", 0, "does not start with '{'"),
        row("another format", "GGUF....ABCDEFGH".getBytes(StandardCharsets.UTF_8), "is this a safetensors file?"));
  }

  static Stream<Arguments> json() {
    byte[] overlong = "{\"__\":1}".getBytes(StandardCharsets.UTF_8);
    overlong[2] = (byte) 0xc0;
    overlong[3] = (byte) 0x80;
    byte[] cut = "{\"a\":\"x\"}".getBytes(StandardCharsets.UTF_8);
    cut[6] = (byte) 0xe9;
    return Stream.of(
        row("overlong UTF-8", RawFile.of(overlong, new byte[0]), "not valid UTF-8 from its byte 2 on"),
        row("cut UTF-8", RawFile.of(cut, new byte[0]), "not valid UTF-8 from its byte 6 on"),
        row("cut JSON", "{\"a\":", 0, "not valid JSON: Unexpected end-of-input"),
        row("no JSON", "{a}", 0, "not valid JSON: Unexpected character ('a'"),
        row("a comment", "{/**/}", 0, "not valid JSON"),
        row("a trailing comma", "{\"__metadata__\":{},}", 0, "not valid JSON"),
        row("text after the header", "{}x", 0, "not valid JSON: Unrecognized token 'x'"),
        row("a second object", "{}{}", 0, "goes on after its JSON object"),
        row("a NUL after the header", "{}\0", 0, "not valid JSON: Illegal character"),
        row("duplicate tensor",
            "{" + entry("a", "U8", "[0]", "[0,0]") + "," + entry("a", "U8", "[0]", "[0,0]") + "}", 0,
            "not valid JSON: Duplicate field 'a'"),
        row("duplicate by escape", "{\"__metadata__\":{\"k\":\"1\",\"\\u006b\":\"2\"}}", 0, "Duplicate field 'k'"),
        row("duplicate field", "{\"a\":{\"dtype\":\"U8\",\"dtype\":\"U8\"}}", 0, "Duplicate field 'dtype'"),
        row("duplicate in an unknown field", "{\"a\":{\"x\":{\"y\":1,\"y\":2}}}", 0, "Duplicate field 'y'"),
        row("deep nesting", "{\"a\":{\"x\":" + "[".repeat(7) + "]".repeat(7) + "}}", 0,
            "nesting depth (9) exceeds the maximum allowed (8)"),
        row("half a surrogate pair", "{\"\\ud800\":{}}", 0, "not valid JSON: Broken surrogate pair"),
        row("the same in metadata", "{\"__metadata__\":{\"k\":\"\\udc00\"}}", 0,
            "__metadata__ 'k' is not valid Unicode"),
        row("a number of 65 digits", one("U8", "[" + "1".repeat(65) + "]", "[0,0]"), 0,
            "Number value length (65) exceeds"));
  }

  static Stream<Arguments> entries() {
    return Stream.of(
        row("metadata no object", "{\"__metadata__\":\"x\"}", 0, "__metadata__ is a string; expected an object"),
        row("metadata no string", "{\"__metadata__\":{\"k\":1}}", 0,
            "__metadata__ 'k' is a whole number; expected a string"),
        row("metadata null", "{\"__metadata__\":{\"k\":null}}", 0, "__metadata__ 'k' is null; expected a string"),
        row("tensor no object", "{\"a\":[]}", 0, "tensor 'a' is an array; expected an object"),
        row("no dtype", "{\"a\":{\"shape\":[],\"data_offsets\":[0,0]}}", 0,
            "tensor 'a' has no dtype; expected dtype, shape"),
        row("no shape", "{\"a\":{\"dtype\":\"U8\",\"data_offsets\":[0,0]}}", 0, "tensor 'a' has no shape"),
        row("no offsets", "{\"a\":{\"dtype\":\"U8\",\"shape\":[0]}}", 0, "tensor 'a' has no data_offsets"),
        row("unknown dtype", one("F33", "[1]", "[0,4]"), 4, "tensor 'a' has the unknown dtype 'F33'"),
        row("lower-case dtype", one("f32", "[1]", "[0,4]"), 4, "unknown dtype 'f32'"),
        row("dtype no string", "{\"a\":{\"dtype\":32}}", 0, "dtype of tensor 'a' is a whole number; expected a string"),
        row("shape no array", one("U8", "1", "[0,1]"), 1, "shape of tensor 'a' is a whole number; expected an array"),
        row("fractional size", one("U8", "[1.0]", "[0,1]"), 1,
            "shape of tensor 'a' is a fraction; expected a whole number"),
        row("nested shape", one("U8", "[[1]]", "[0,1]"), 1, "shape of tensor 'a' is an array; expected a whole number"),
        row("negative size", one("F32", "[-1]", "[0,4]"), 4, "shape of tensor 'a' holds the negative -1"),
        row("two negative sizes", one("F32", "[-1,-1]", "[0,4]"), 4, "shape of tensor 'a' holds the negative -1"),
        row("minus zero", one("F32", "[-0]", "[0,0]"), 0, "shape of tensor 'a' holds the negative -0"),
        row("a size of 2^64", one("U8", "[18446744073709551616]", "[0,0]"), 0, "18446744073709551616, which overflows"),
        row("a product of 2^64", one("U8", "[4294967296,4294967296]", "[0,0]"), 0, "has a size that overflows 63 bits"),
        row("2^61 floats", one("F32", "[2305843009213693952]", "[0,0]"), 0, "has a size that overflows 63 bits"),
        row("an overflow before a zero", one("U8", "[9223372036854775807,4,0]", "[0,0]"), 0, "overflows 63 bits"),
        row("rank 9", one("U8", "[1,1,1,1,1,1,1,1,1]", "[0,1]"), 1, "shape of tensor 'a' has more than 8 dimensions"),
        row("negative offset", one("U8", "[1]", "[-1,0]"), 1, "data_offsets of tensor 'a' holds the negative -1"),
        row("one offset", one("U8", "[1]", "[0]"), 1, "data_offsets of tensor 'a' has 1 numbers; expected 2"),
        row("three offsets", one("U8", "[1]", "[0,1,2]"), 1, "data_offsets of tensor 'a' has more than 2 numbers"));
  }

  static Stream<Arguments> layouts() {
    String first = entry("a", "U8", "[2]", "[0,2]");
    return Stream.of(
        row("end before begin", one("U8", "[1]", "[1,0]"), 1,
            "tensor 'a' (U8 [1], data_offsets [1, 0]) ends before it begins"),
        row("too short", one("F32", "[2]", "[0,4]"), 4, "has the wrong length: 4 bytes; expected 8"),
        row("too long", one("F32", "[]", "[0,8]"), 8, "has the wrong length: 8 bytes; expected 4"),
        row("zero-sized with data", one("F32", "[0]", "[0,4]"), 4, "has the wrong length: 4 bytes; expected 0"),
        row("past the file", one("U8", "[9]", "[0,9]"), 8,
            "ends past the file, which has 8 bytes of data: is it cut off?"),
        row("hole at the start", one("U8", "[1]", "[1,2]"), 2, "leaves a hole before it: it begins at 1; expected 0"),
        row("hole between", "{" + first + "," + entry("b", "U8", "[1]", "[3,4]") + "}", 4,
            "tensor 'b' (U8 [1], data_offsets"
            + " [3, 4]) leaves a hole before it: it begins at 3; expected 2"),
        row("overlap", "{" + first + "," + entry("b", "U8", "[2]", "[1,3]") + "}", 3, "overlaps the tensor before it"),
        row("the same bytes twice", "{" + first + "," + entry("b", "U8", "[2]", "[0,2]") + "}", 2,
            "overlaps the tensor"),
        row("nothing inside another", "{" + first + "," + entry("b", "U8", "[0]", "[1,1]") + "}", 2,
            "overlaps the tensor"),
        row("bytes after the last", "{" + first + "}", 5, "3 bytes follow the last tensor's data"),
        row("bytes without tensors", "{}", 1, "1 bytes follow the last tensor's data"));
  }

  static Stream<Arguments> caps() {
    String name = "n".repeat(1025);
    // 513 characters of 2 bytes: few enough characters, too many bytes.
    String wide = "é".repeat(513);
    String many =
        IntStream.rangeClosed(0, SafetensorsLimits.TENSORS)
            .mapToObj(i -> entry("t" + i, "U8", "[0]", "[0,0]"))
            .collect(Collectors.joining(",", "{", "}"));
    String strings =
        IntStream.rangeClosed(0, SafetensorsLimits.METADATA_ENTRIES)
            .mapToObj(i -> "\"" + i + "\":\"\"")
            .collect(Collectors.joining(",", "{\"__metadata__\":{", "}}"));
    String tokens = "{\"a\":{\"x\":[0" + ",0".repeat(SafetensorsLimits.JSON_TOKENS) + "]}}";
    return Stream.of(
        row(
            "a name of 1025 bytes", "{\"" + name + "\":{}}", 0,
            "past a limit: Name length (1025) exceeds the maximum allowed (1024)"),
        row("a wide name of 1026 bytes", "{\"" + wide + "\":{}}", 0, "is longer than 1024 bytes"),
        row("65,537 tensors", many, 0, "the header has more than 65536 tensors"),
        row("65,537 strings", strings, 0, "__metadata__ has more than 65536 strings"),
        row("too many tokens", tokens, 0, "past a limit: Token count (1572865) exceeds the maximum allowed (1572864)"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"starts", "json", "entries", "layouts", "caps"})
  void refuses(String what, byte[] content, String message, @TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("bad.safetensors"), content);
    String actual = Thrown.message(SafetensorsException.class, () -> SafetensorsFile.open(file).close());
    assertTrue(actual.contains(message), () -> what + ": expected '" + message + "' in: " + actual);
    assertTrue(actual.startsWith(file + ": "), actual);
  }

  static Stream<Arguments> allowed() {
    String wide = "é".repeat(512);
    String full =
        IntStream.range(0, SafetensorsLimits.TENSORS)
            .mapToObj(i -> entry("t" + i, "U8", "[0,1,1,1,1,1,1,1]", "[0,0]"))
            .collect(Collectors.joining(",", "{", "}"));
    return Stream.of(
        row("no tensors", "{}", 0, "0"),
        row("trailing spaces", "{}      ", 0, "0"),
        row("other white space", "{\n}\r\n\t ", 0, "0"),
        row("a scalar", one("F32", "[]", "[0,4]"), 4, "1"),
        row("zero-sized", one("F32", "[3,0,2]", "[0,0]"), 0, "1"),
        row("rank 8", one("U8", "[1,1,1,1,1,1,1,1]", "[0,1]"), 1, "1"),
        row("a name of 1024 bytes", "{" + entry(wide, "U8", "[1]", "[0,1]") + "}", 1, "1"),
        row("an unknown field", "{\"a\":{\"dtype\":\"U8\",\"x\":[[[[[[]]]]]],\"shape\":[1],\"data_offsets\":[0,1]}}", 1,
            "1"),
        row("out of order", "{" + entry("b", "U8", "[1]", "[1,2]") + "," + entry("a", "U8", "[1]", "[0,1]") + "}", 2,
            "2"),
        row("a header as large as a pickle's mark", one("U8", "[1]", "[0,1]") + " ".repeat(640 - 51), 1, "1"),
        row("65,536 tensors of rank 8", full, 0, "65536"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("allowed")
  void reads(String what, byte[] content, String tensors, @TempDir Path folder) throws IOException {
    Path path = Files.write(folder.resolve("good.safetensors"), content);
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertEquals(Integer.parseInt(tensors), file.names().size(), what);
    }
  }

  @Test
  void escapesHostileNames(@TempDir Path folder) throws IOException {
    byte[] content = RawFile.of("{\"\\u001b[2J\\u202e\":1}", 0);
    Path file = Files.write(folder.resolve("bad.safetensors"), content);
    String message = Thrown.message(SafetensorsException.class, () -> SafetensorsFile.open(file).close());
    assertTrue(message.contains("tensor '\\u001b[2J\\u202e' is"), message);
  }

  @Test
  void namesAMissingFileAndAFolder(@TempDir Path folder) {
    Path missing = folder.resolve("none.safetensors");
    String absent = Thrown.message(IOException.class, () -> SafetensorsFile.open(missing).close());
    assertEquals(missing + ": no such file; expected a safetensors file", absent);
    String noFile = Thrown.message(IOException.class, () -> SafetensorsFile.open(folder).close());
    assertEquals(folder + ": this is a folder; expected a safetensors file", noFile);
  }
}
