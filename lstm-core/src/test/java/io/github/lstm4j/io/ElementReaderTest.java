package io.github.lstm4j.io;

import static io.github.lstm4j.io.RawFile.entry;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Conversion to float32: every half, every bfloat16, and doubles at the edges. */
final class ElementReaderTest {
  private static final int ALL = 1 << 16;

  private static ByteBuffer wrap(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A half by its definition: subnormals are multiples of 2^-24, normals have an implicit one above 10 bits. */
  private static float half(int bits) {
    int sign = bits >> 15 == 0 ? 1 : -1;
    int exponent = bits >> 10 & 31;
    int mantissa = bits & 1023;
    if (exponent == 31) {
      return mantissa == 0 ? sign * Float.POSITIVE_INFINITY : Float.NaN;
    }
    return sign * (exponent == 0 ? Math.scalb((float) mantissa, -24) : Math.scalb(1024f + mantissa, exponent - 25));
  }

  private static float bfloat(int bits) {
    ByteBuffer upper = ByteBuffer.allocate(4).putShort((short) bits);
    return upper.getFloat(0);
  }

  private static void checkAll(String dtype, IntFunction<Float> expected) throws IOException {
    byte[] all = new byte[2 * ALL];
    for (int i = 0; i < ALL; i++) {
      wrap(all).putShort(2 * i, (short) i);
    }
    String header = RawFile.one(dtype, "[256,256]", "[0," + 2 * ALL + "]");
    RawFile.use(
        RawFile.of(header, all),
        path -> {
          try (SafetensorsFile file = SafetensorsFile.open(path);
              Memory memory = Memory.unlimited("conversion")) {
            float[] heap = file.tensor("a").data();
            Matrix matrix = memory.matrix(1024, 64);
            file.read("a", matrix);
            for (int i = 0; i < ALL; i++) {
              // floatToIntBits makes every NaN one NaN: payloads of converted types carry no meaning.
              int bits = Float.floatToIntBits(expected.apply(i));
              assertEquals(bits, Float.floatToIntBits(heap[i]), "heap, bits " + i);
              assertEquals(bits, Float.floatToIntBits(matrix.get(i / 64, i % 64)), "matrix, bits " + i);
            }
          }
        });
  }

  @Test
  void everyHalf() throws IOException {
    checkAll("F16", ElementReaderTest::half);
  }

  @Test
  void everyBfloat() throws IOException {
    checkAll("BF16", ElementReaderTest::bfloat);
  }

  @Test
  void doublesAreRoundedToNearest() throws IOException {
    double tie = 1 + 0x1p-24;
    double[] doubles = {
      0.0, -0.0, 1 / 3.0, tie, Math.nextUp(tie), 1 + 3 * 0x1p-24, 0x1p-149, 0x1p-150, Math.nextUp(0x1p-150),
      -0x1.8p-149, Double.MIN_VALUE, Float.MAX_VALUE, 0x1.ffffffp127, Math.nextDown(0x1.ffffffp127), 1e300,
      Double.NEGATIVE_INFINITY, Double.NaN
    };
    float[] expected = {
      0f, -0f, 0x1.555556p-2f, 1f, Math.nextUp(1f), 1 + 0x1p-22f, Float.MIN_VALUE, 0f, Float.MIN_VALUE, -0x1p-148f,
      0f, Float.MAX_VALUE, Float.POSITIVE_INFINITY, Float.MAX_VALUE, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY,
      Float.NaN
    };
    byte[] bytes = new byte[8 * doubles.length];
    wrap(bytes).asDoubleBuffer().put(doubles);
    String header = RawFile.one("F64", "[" + doubles.length + "]", "[0," + 8 * doubles.length + "]");
    RawFile.use(
        RawFile.of(header, bytes),
        path -> {
          try (SafetensorsFile file = SafetensorsFile.open(path)) {
            float[] actual = file.tensor("a").data();
            for (int i = 0; i < expected.length; i++) {
              assertEquals(Float.floatToIntBits(expected[i]), Float.floatToIntBits(actual[i]), doubles[i] + " at " + i);
            }
          }
        });
  }

  @Test
  void narrowIndicesKeepTheirSign() throws IOException {
    byte[] bytes = new byte[12];
    wrap(bytes).putInt(Integer.MIN_VALUE).putInt(-1).putInt(Integer.MAX_VALUE);
    RawFile.use(
        RawFile.of(RawFile.one("I32", "[3]", "[0,12]"), bytes),
        path -> {
          try (SafetensorsFile file = SafetensorsFile.open(path)) {
            assertArrayEquals(new long[] {Integer.MIN_VALUE, -1, Integer.MAX_VALUE}, file.indices("a"));
          }
        });
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void refusesTypesOfAnotherKind(DType dtype) throws IOException {
    int size = dtype.byteSize();
    String header = "{" + entry("a", dtype.name(), "[1]", "[0," + size + "]") + "}";
    RawFile.use(
        RawFile.of(header, size),
        path -> {
          try (SafetensorsFile file = SafetensorsFile.open(path)) {
            if (!ElementReader.isFloat(dtype)) {
              String message = Thrown.message(SafetensorsException.class, () -> file.tensor("a"));
              assertTrue(
                  message.endsWith("tensor 'a' has dtype " + dtype + "; expected F64, F32, F16 or BF16"), message);
            }
            if (!ElementReader.isIndex(dtype)) {
              String message = Thrown.message(SafetensorsException.class, () -> file.indices("a"));
              assertTrue(message.endsWith("tensor 'a' has dtype " + dtype + "; expected I64 or I32"), message);
            }
          }
        });
  }
}
