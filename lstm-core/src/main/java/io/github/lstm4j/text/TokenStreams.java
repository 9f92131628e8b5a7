package io.github.lstm4j.text;

import io.github.lstm4j.data.Batch;
import io.github.lstm4j.data.BatchSource;
import io.github.lstm4j.memory.Tensor;
import java.util.Iterator;
import java.util.stream.IntStream;

/**
 * Tokens in parallel streams, for truncated back-propagation through time: the text is cut into as many streams of
 * equal length as a batch has sequences, and each batch goes on where the one before it stopped.
 *
 * <pre>
 * n = (size − 1) / streams                      length of a stream; what is left over at the end is not used
 * batch k:  input[b][t]  = tokens[b·n + k·steps + t]
 *           target[b][t] = tokens[b·n + k·steps + t + 1]        the next token
 * </pre>
 *
 * There are n / steps batches in an epoch; the first starts with fresh states, the others continue. Every epoch is the
 * same.
 */
public final class TokenStreams implements BatchSource {
  private final TokenSequence tokens;
  private final int streams;
  private final int steps;
  private final long length; // of a stream
  private final int batches;

  /**
   * Streams over some tokens.
   *
   * @param tokens in the order of the text
   * @param streams sequences of a batch
   * @param steps of a batch: as far as gradients go back
   * @throws IllegalArgumentException if a number is below 1, or there are fewer than streams · steps + 1 tokens
   */
  public TokenStreams(TokenSequence tokens, int streams, int steps) {
    if (streams < 1 || steps < 1) {
      throw new IllegalArgumentException(
          "batches of " + streams + " streams and " + steps + " steps; expected 1 or more of each");
    }
    if (tokens.size() < least(streams, steps)) {
      throw new IllegalArgumentException(
          tokens.size() + " tokens make no batch of " + streams + " streams and " + steps + " steps; expected "
              + least(streams, steps) + " or more");
    }
    this.tokens = tokens;
    this.streams = streams;
    this.steps = steps;
    length = (tokens.size() - 1) / streams;
    batches = Math.toIntExact(length / steps);
  }

  /**
   * The fewest tokens that make a batch.
   *
   * @param streams sequences of a batch
   * @param steps of a batch
   * @return streams · steps + 1
   */
  public static long least(int streams, int steps) {
    return (long) streams * steps + 1;
  }

  /**
   * The number of batches of an epoch.
   *
   * @return 1 or more
   */
  public int batches() {
    return batches;
  }

  @Override
  public Iterator<Batch> epoch(int epoch) {
    return IntStream.range(0, batches).mapToObj(this::batch).iterator();
  }

  private Batch batch(int index) {
    Tensor input = Tensor.zeros(streams, steps, 1);
    Tensor target = Tensor.zeros(streams, steps, 1);
    for (int stream = 0; stream < streams; stream++) {
      long from = stream * length + (long) index * steps;
      tokens.copyTo(from, input.data(), stream * steps, steps);
      tokens.copyTo(from + 1, target.data(), stream * steps, steps);
    }
    Batch batch = Batch.of(input, target);
    return index == 0 ? batch : batch.continuing();
  }
}
