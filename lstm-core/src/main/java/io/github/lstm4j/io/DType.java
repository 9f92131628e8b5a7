package io.github.lstm4j.io;

import java.util.Optional;

/**
 * The element types of safetensors, under its names.
 *
 * <p>They are declared in the order of the format's own reference, by rising alignment: a writer lays tensors out in
 * the reverse of it, so that every tensor is aligned to its element size. Types of less than a byte are not supported.
 */
public enum DType {
  /** A byte that is 0 or 1. */
  BOOL(1),
  /** Unsigned 8-bit integer. */
  U8(1),
  /** Signed 8-bit integer. */
  I8(1),
  /** 8-bit float, 5 bits of exponent, 2 of mantissa. */
  F8_E5M2(1),
  /** 8-bit float, 4 bits of exponent, 3 of mantissa. */
  F8_E4M3(1),
  /** 8-bit power of two. */
  F8_E8M0(1),
  /** 8-bit float, 4 bits of exponent, 3 of mantissa, without infinities and negative zero. */
  F8_E4M3FNUZ(1),
  /** 8-bit float, 5 bits of exponent, 2 of mantissa, without infinities and negative zero. */
  F8_E5M2FNUZ(1),
  /** Signed 16-bit integer. */
  I16(2),
  /** Unsigned 16-bit integer. */
  U16(2),
  /** IEEE half precision. */
  F16(2),
  /** The upper half of a float32. */
  BF16(2),
  /** Signed 32-bit integer. */
  I32(4),
  /** Unsigned 32-bit integer. */
  U32(4),
  /** IEEE single precision. */
  F32(4),
  /** Two float32: real and imaginary part. */
  C64(8),
  /** IEEE double precision. */
  F64(8),
  /** Signed 64-bit integer. */
  I64(8),
  /** Unsigned 64-bit integer. */
  U64(8);

  private final int byteSize;

  DType(int byteSize) {
    this.byteSize = byteSize;
  }

  /**
   * The size of an element.
   *
   * @return bytes
   */
  public int byteSize() {
    return byteSize;
  }

  /**
   * The type of a name, as it stands in a header.
   *
   * @param name such as {@code F32}
   * @return the type, empty for a name that is not known
   */
  public static Optional<DType> named(String name) {
    for (DType type : values()) {
      if (type.name().equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
