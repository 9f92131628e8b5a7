package io.github.lstm4j.text;

import io.github.lstm4j.model.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * A text that a network reads and writes on, symbol by symbol. It belongs to one thread at a time; many can share a
 * {@link TextModel}.
 */
public final class Continuation implements AutoCloseable {
  private final Vocabulary vocabulary;
  private final Session session;
  private final float[] input = new float[1];
  private final float[] logits;
  private boolean started;
  private long drawn;

  Continuation(Vocabulary vocabulary, Session session) {
    this.vocabulary = vocabulary;
    this.session = session;
    logits = new float[vocabulary.size()];
  }

  /**
   * Reads a symbol.
   *
   * @param token its token
   * @throws IllegalArgumentException if there is no such token
   */
  public void read(int token) {
    input[0] = token;
    session.step(input, logits);
    started = true;
  }

  /**
   * Reads a text.
   *
   * @param text symbols, unknown ones as {@link Vocabulary#UNKNOWN}
   * @throws IllegalArgumentException if a symbol is unknown and the vocabulary has no entry for those
   */
  public void read(String text) {
    for (int token : vocabulary.encode(text)) {
      read(token);
    }
  }

  /**
   * Draws the symbol that comes next, and reads it. {@link Vocabulary#UNKNOWN} is never drawn.
   *
   * @param sampler how to draw; it counts the draws of this text, so one seed gives one text
   * @return the token
   * @throws IllegalStateException if nothing was read yet
   */
  public int write(Sampler sampler) {
    requireStarted();
    OptionalInt unknown = vocabulary.unknown();
    if (unknown.isPresent() && logits.length > 1) {
      logits[unknown.getAsInt()] = Float.NEGATIVE_INFINITY;
    }
    int token = sampler.draw(logits, drawn++);
    read(token);
    return token;
  }

  /**
   * The symbols that are most likely to come next.
   *
   * @param count how many
   * @return from the most likely on, {@link Vocabulary#UNKNOWN} left out; fewer where the vocabulary has fewer
   * @throws IllegalStateException if nothing was read yet
   */
  public List<Suggestion> suggestions(int count) {
    requireStarted();
    double[] p = new Sampler(1, Sampler.ALL, 1, 0).probabilities(logits);
    List<Suggestion> suggestions = new ArrayList<>();
    for (int token : Sampler.byLikelihood(logits)) {
      boolean known = !vocabulary.symbol(token).equals(Vocabulary.UNKNOWN);
      if (known && suggestions.size() < count) {
        suggestions.add(new Suggestion(vocabulary.symbol(token), p[token]));
      }
    }
    return suggestions;
  }

  private void requireStarted() {
    if (!started) {
      throw new IllegalStateException(
          "nothing was read yet; expected a symbol or more before the first that is written");
    }
  }

  /** Frees the state. */
  @Override
  public void close() {
    session.close();
  }
}
