package io.github.lstm4j.text;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/**
 * Tokens in order, as many as a file holds: a view of an array or of a mapped file, of which the operating system reads
 * what is used. Immutable, so threads may share it.
 */
public final class TokenSequence {
  private final MemorySegment tokens;
  private final long size;

  TokenSequence(MemorySegment tokens) {
    this.tokens = tokens;
    this.size = tokens.byteSize() / Integer.BYTES;
  }

  /**
   * Tokens of an array.
   *
   * @param tokens copied
   * @return a sequence of them
   */
  public static TokenSequence of(int... tokens) {
    return new TokenSequence(MemorySegment.ofArray(tokens.clone()));
  }

  /**
   * The number of tokens.
   *
   * @return tokens
   */
  public long size() {
    return size;
  }

  /**
   * One token.
   *
   * @param index 0 to size − 1
   * @return the token
   * @throws IndexOutOfBoundsException if there is no such token
   * @throws IllegalStateException if the corpus was closed
   */
  public int get(long index) {
    return tokens.getAtIndex(ValueLayout.JAVA_INT, Objects.checkIndex(index, size));
  }

  /**
   * A part.
   *
   * @param from its first token
   * @param to past its last one
   * @return a view
   * @throws IndexOutOfBoundsException if it does not lie in this sequence
   */
  public TokenSequence slice(long from, long to) {
    Objects.checkFromToIndex(from, to, size);
    return new TokenSequence(tokens.asSlice(from * Integer.BYTES, (to - from) * Integer.BYTES));
  }

  /**
   * Copies tokens, as numbers that an {@link io.github.lstm4j.layer.Embedding} reads.
   *
   * @param from the first token to copy
   * @param to receives the tokens
   * @param offset where in {@code to} the first one goes
   * @param count how many
   * @throws IndexOutOfBoundsException if there are fewer, or {@code to} is too short
   */
  public void copyTo(long from, float[] to, int offset, int count) {
    Objects.checkFromIndexSize(from, count, size);
    Objects.checkFromIndexSize(offset, count, to.length);
    for (int i = 0; i < count; i++) {
      to[offset + i] = tokens.getAtIndex(ValueLayout.JAVA_INT, from + i);
    }
  }
}
