package io.github.lstm4j.io;

import java.nio.charset.StandardCharsets;

/** What a safetensors header may hold at most: far above any real model, low enough that no file can exhaust memory. */
public final class SafetensorsLimits {
  /** The longest header, in bytes: 16 MB. */
  public static final int HEADER_BYTES = 16 << 20;

  /** The most tensors in a file. */
  public static final int TENSORS = 65_536;

  /** The most strings in the metadata: enough to tie every tensor. */
  public static final int METADATA_ENTRIES = TENSORS;

  /** The most dimensions of a tensor. */
  public static final int RANK = 8;

  /** The longest name of a tensor or key of the metadata, in bytes of UTF-8: 1 KB. */
  public static final int NAME_BYTES = 1024;

  /** The deepest nesting of the header's JSON. */
  public static final int JSON_DEPTH = 8;

  /**
   * The most JSON tokens in a header: 21 for each tensor of the highest rank, 2 for each string of the metadata, and
   * one more to spare for fields that nobody knows. It bounds the objects that a header of tiny entries can turn into.
   */
  static final int JSON_TOKENS = (21 + 2 + 1) * TENSORS;

  /** The longest number in a header, in digits: any 64-bit size has at most 20. */
  static final int NUMBER_DIGITS = 64;

  private SafetensorsLimits() {}

  static boolean isNameTooLong(String name) {
    // A character takes at least a byte, so a long string is refused without being encoded.
    return name.length() > NAME_BYTES || name.getBytes(StandardCharsets.UTF_8).length > NAME_BYTES;
  }
}
