package io.github.lstm4j.io;

import static io.github.lstm4j.io.RawFile.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;

/** Files that were valid once: each is read or refused by a {@link SafetensorsException}, nothing else happens. */
final class SafetensorsMutationTest {
  private static final String HEADER =
      "{\"__metadata__\":{\"format\":\"pt\",\"tied\":\"w\"},"
          + entry("i", "I64", "[2]", "[0,16]") + "," + entry("w", "F32", "[2,3]", "[16,40]") + ","
          + entry("h", "F16", "[]", "[40,42]") + "," + entry("b", "BF16", "[1,0]", "[42,42]") + ","
          + entry("u", "U8", "[3]", "[42,45]") + "}  ";
  private static final byte[] VALID = RawFile.of(HEADER, 45);
  private static final Pattern NUMBER = Pattern.compile("\\d+(?=[,\\]])");

  enum Kind {
    FLIP,
    SET,
    INSERT,
    DELETE,
    TRUNCATE
  }

  record Mutation(Kind kind, int position, int value) {
    byte[] apply(byte[] content) {
      if (content.length == 0) {
        return content;
      }
      int at = position % content.length;
      ByteArrayOutputStream result = new ByteArrayOutputStream();
      result.write(content, 0, at);
      switch (kind) {
        case FLIP -> result.write(content[at] ^ (1 << (value & 7)));
        case SET -> result.write(value);
        case INSERT -> {
          result.write(value);
          result.write(content[at]);
        }
        case DELETE, TRUNCATE -> {}
      }
      if (kind != Kind.TRUNCATE) {
        result.write(content, at + 1, content.length - at - 1);
      }
      return result.toByteArray();
    }
  }

  @Provide
  Arbitrary<Mutation> mutations() {
    Arbitrary<Integer> anywhere = Arbitraries.integers().between(0, VALID.length - 1);
    Arbitrary<Integer> inLength = Arbitraries.integers().between(0, 8);
    // JSON's own characters break the structure more deeply than random bytes do.
    Arbitrary<Integer> value =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0, 255),
            Arbitraries.of("{}[]\",:\\-0123456789eE.".chars().boxed().toList()));
    return Combinators.combine(
            Arbitraries.of(Kind.class), Arbitraries.frequencyOf(
                Tuple.of(9, anywhere), Tuple.of(1, inLength)), value)
        .as(Mutation::new);
  }

  @Property(tries = 3000)
  void mutatedBytes(@ForAll @Size(min = 1, max = 4) List<@From("mutations") Mutation> mutations)
      throws IOException {
    byte[] content = VALID;
    for (Mutation mutation : mutations) {
      content = mutation.apply(content);
    }
    RawFile.use(content, SafetensorsMutationTest::readOrRefuse);
  }

  @Provide
  Arbitrary<String> numbers() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            "-1", "-0", "0", "1", "1e3", "1.5", "2147483648", "4611686018427387904", "9223372036854775807",
            "9223372036854775808", "18446744073709551615", "18446744073709551616", "9".repeat(100), "null", "[]",
            "\"1\""),
        Arbitraries.integers().between(0, 64).map(String::valueOf));
  }

  @Property(tries = 2000)
  void replacedNumbers(
      @ForAll @Size(min = 1, max = 3) List<@From("numbers") String> numbers, @ForAll int which)
      throws IOException {
    String header = HEADER;
    for (String number : numbers) {
      List<MatchResult> places = NUMBER.matcher(header).results().toList();
      MatchResult place = places.get(Math.floorMod(which, places.size()));
      header = header.substring(0, place.start()) + number + header.substring(place.end());
    }
    RawFile.use(RawFile.of(header, 45), SafetensorsMutationTest::readOrRefuse);
  }

  @Property(tries = 500)
  void randomBytes(@ForAll @Size(max = 100) byte[] header, @ForAll boolean brace) throws IOException {
    byte[] content = RawFile.of(header, new byte[0]);
    if (brace && content.length > 8) {
      content[8] = '{';
    }
    RawFile.use(content, SafetensorsMutationTest::readOrRefuse);
  }

  @Property(tries = 1)
  void theUnchangedFileIsRead() throws IOException {
    assertEquals(HEADER.length(), HEADER.getBytes(StandardCharsets.UTF_8).length);
    RawFile.use(VALID, path -> assertEquals(5, SafetensorsFileReading.readAll(path)));
  }

  private static void readOrRefuse(Path path) throws IOException {
    try {
      SafetensorsFileReading.readAll(path);
    } catch (SafetensorsException refused) {
      assertTrue(String.valueOf(refused.getMessage()).startsWith(path.toString()));
    }
  }
}
