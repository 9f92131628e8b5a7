package io.github.lstm4j.io;

import io.github.lstm4j.memory.Matrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Reads the little-endian elements of a tensor's data as float32 or as long. */
final class ElementReader {
  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfDouble DOUBLE =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private ElementReader() {}

  static boolean isFloat(DType dtype) {
    return switch (dtype) {
      case F64, F32, F16, BF16 -> true;
      default -> false;
    };
  }

  static boolean isIndex(DType dtype) {
    return dtype == DType.I64 || dtype == DType.I32;
  }

  /** All elements; float32 keeps its bits, NaN payloads too. */
  static float[] floats(MemorySegment data, DType dtype, int count) {
    float[] floats = new float[count];
    if (dtype == DType.F32) {
      MemorySegment.copy(data, Matrix.FLOAT, 0, floats, 0, count);
    } else {
      for (int i = 0; i < count; i++) {
        floats[i] = floatAt(data, dtype, i);
      }
    }
    return floats;
  }

  /** All elements into a matrix, row-major. */
  static void floats(MemorySegment data, DType dtype, Matrix target) {
    int columns = target.columns();
    for (int r = 0; r < target.rows(); r++) {
      long first = (long) r * columns;
      if (dtype == DType.F32) {
        MemorySegment.copy(
            data, first * Float.BYTES, target.segment(), target.offset(r), (long) columns * Float.BYTES);
      } else {
        for (int c = 0; c < columns; c++) {
          target.segment().set(Matrix.FLOAT, target.offset(r, c), floatAt(data, dtype, first + c));
        }
      }
    }
  }

  static long[] longs(MemorySegment data, DType dtype, int count) {
    long[] longs = new long[count];
    for (int i = 0; i < count; i++) {
      longs[i] = dtype == DType.I64 ? data.get(LONG, (long) i * Long.BYTES) : data.get(INT, (long) i * Integer.BYTES);
    }
    return longs;
  }

  private static float floatAt(MemorySegment data, DType dtype, long index) {
    long offset = index * dtype.byteSize();
    return switch (dtype) {
      case F64 -> (float) data.get(DOUBLE, offset);
      case F32 -> data.get(Matrix.FLOAT, offset);
      case F16 -> Float.float16ToFloat(data.get(SHORT, offset));
      case BF16 -> Float.intBitsToFloat(data.get(SHORT, offset) << 16);
      default -> throw new IllegalArgumentException(dtype + " is not a float type");
    };
  }
}
