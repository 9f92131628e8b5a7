package io.github.lstm4j.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import io.github.lstm4j.memory.Tensor;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.UniqueElements;

/** What is written is read again, bit for bit. */
final class SafetensorsRoundTripTest {
  /** Quiet and signalling NaN with payloads, infinities, both zeros, subnormals. */
  private static final int[] SPECIAL_BITS = {
    0x7fc00000, 0x7fc12345, 0xffc00001, 0x7f800001, 0xff812345, 0x7f800000, 0xff800000, 0, 0x80000000, 1, 0x807fffff
  };

  @Provide
  Arbitrary<int[]> shapes() {
    return Arbitraries.integers().between(0, 5).array(int[].class).ofMaxSize(4);
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.strings().alpha().numeric().withChars("._-/\"\\\n\u0001é€\u2028").ofMinLength(1).ofMaxLength(12)
        .flatMap(s -> Arbitraries.of(s, s + new String(Character.toChars(0x1F600))));
  }

  private static int[] randomBits(int count, Random random) {
    return random.ints(count)
        .map(bits -> random.nextInt(3) == 0 ? SPECIAL_BITS[Math.floorMod(bits, SPECIAL_BITS.length)] : bits)
        .toArray();
  }

  private static float[] floats(int[] bits) {
    float[] floats = new float[bits.length];
    for (int i = 0; i < bits.length; i++) {
      floats[i] = Float.intBitsToFloat(bits[i]);
    }
    return floats;
  }

  private static int[] bits(float[] floats) {
    int[] bits = new int[floats.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(floats[i]);
    }
    return bits;
  }

  @Property(tries = 200)
  void tensors(
      @ForAll("shapes") int[] shape,
      @ForAll @Size(min = 1, max = 5) @UniqueElements List<@From("names") String> names,
      @ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    SafetensorsWriter writer = new SafetensorsWriter().metadata("format", "pt").metadata("key \"é", "value\n\u0001");
    int[][] bits = new int[names.size()][];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = randomBits(Tensor.elements(shape), random);
      writer.tensor(names.get(i), Tensor.of(floats(bits[i]), shape));
    }
    RawFile.use(
        new byte[0],
        path -> {
          writer.write(path);
          try (SafetensorsFile file = SafetensorsFile.open(path)) {
            assertEquals(Map.of("format", "pt", "key \"é", "value\n\u0001"), file.metadata());
            assertEquals(names.size(), file.names().size());
            for (int i = 0; i < bits.length; i++) {
              Tensor tensor = file.tensor(names.get(i));
              assertArrayEquals(shape, tensor.shape());
              assertArrayEquals(bits[i], bits(tensor.data()));
              assertArrayEquals(shape, file.info(names.get(i)).sizes());
            }
          }
        });
  }

  @Property(tries = 100)
  void matrices(
      @ForAll @IntRange(max = 70) int rows, @ForAll @IntRange(max = 70) int columns, @ForAll long seed)
      throws IOException {
    int[] bits = randomBits(rows * columns, new Random(seed));
    try (Memory memory = Memory.unlimited("round trip")) {
      // A view inside a larger matrix: neither the padding nor the neighbours may be written.
      Matrix whole = memory.matrix(rows + 2, columns + 2);
      whole.fill(Float.NaN);
      Matrix source = whole.rows(1, rows).columns(1, columns);
      source.copyFrom(floats(bits), 0);
      Matrix padded = memory.matrix(rows, columns);
      Matrix dense = memory.dense(rows, columns);
      RawFile.use(
          new byte[0],
          path -> {
            new SafetensorsWriter().tensor("m", source).tensor("flat", source, rows * columns).write(path);
            try (SafetensorsFile file = SafetensorsFile.open(path)) {
              assertEquals(List.of((long) rows, (long) columns), file.info("m").shape());
              assertEquals(List.of((long) rows * columns), file.info("flat").shape());
              file.read("m", padded);
              file.read("flat", dense);
              assertArrayEquals(bits, bits(padded.toArray()));
              assertArrayEquals(bits, bits(dense.toArray()));
            }
          });
    }
  }

  @Property(tries = 100)
  void indices(@ForAll long[] values) throws IOException {
    RawFile.use(
        new byte[0],
        path -> {
          new SafetensorsWriter().indices("i", values).indices("column", values, values.length, 1).write(path);
          try (SafetensorsFile file = SafetensorsFile.open(path)) {
            assertArrayEquals(values, file.indices("i"));
            assertArrayEquals(values, file.indices("column"));
            assertArrayEquals(new int[] {values.length, 1}, file.info("column").sizes());
          }
        });
  }

  @Property(tries = 6)
  void moreThanAChunk(@ForAll @IntRange(min = -2, max = 2) int off) throws IOException {
    int count = 3 * LittleEndianSink.CHUNK / Float.BYTES + off;
    float[] data = new float[count];
    for (int i = 0; i < count; i++) {
      data[i] = i;
    }
    long[] values = Arrays.stream(new int[] {1, 2, 3}).asLongStream().toArray();
    try (Memory memory = Memory.unlimited("chunks")) {
      Matrix matrix = memory.vector(count);
      matrix.copyFrom(data, 0);
      RawFile.use(
          new byte[0],
          path -> {
            Tensor tensor = Tensor.of(data, count);
            new SafetensorsWriter().tensor("t", tensor).tensor("m", matrix).indices("i", values).write(path);
            try (SafetensorsFile file = SafetensorsFile.open(path)) {
              assertArrayEquals(data, file.tensor("t").data());
              assertArrayEquals(data, file.tensor("m").data());
              assertArrayEquals(values, file.indices("i"));
            }
          });
    }
  }
}
