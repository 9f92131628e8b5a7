package io.github.lstm4j.text;

import io.github.lstm4j.random.CounterRandom;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Draws tokens from logits. What is drawn is a function of (logits, seed, position): the same on every machine.
 *
 * <pre>
 * p[j] ∝ e^(logit[j] / temperature)
 * top k: all but the k most likely become 0            top p: all but the fewest most likely that together reach p
 * </pre>
 *
 * Top p is taken of what top k leaves. Of equal logits the lower token counts as more likely. Source of top p:
 * Holtzman, Buys, Du, Forbes, Choi, "The curious case of neural text degeneration", ICLR 2020.
 *
 * @param temperature 0 for the most likely token; below 1 bolder in its favour, above 1 nearer to chance
 * @param topK the most tokens that may be drawn, or {@link #ALL}
 * @param topP the probability that those which may be drawn have together, above 0; 1 for all
 * @param seed another one, another text
 */
public record Sampler(double temperature, int topK, double topP, long seed) {
  /** As {@code topK}: no limit. */
  public static final int ALL = 0;

  /** Always the most likely token. */
  public static final Sampler GREEDY = new Sampler(0, ALL, 1, 0);

  private static final long STREAM = CounterRandom.stream("text.sampler");

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public Sampler {
    if (!(temperature >= 0) || Double.isInfinite(temperature)) {
      throw new IllegalArgumentException("temperature is " + temperature + "; expected a number of 0 or more");
    }
    if (topK < 0) {
      throw new IllegalArgumentException("top k is " + topK + "; expected 1 or more, or 0 for all");
    }
    if (!(topP > 0 && topP <= 1)) {
      throw new IllegalArgumentException("top p is " + topP + "; expected a number above 0, up to 1");
    }
  }

  /**
   * The probabilities that tokens are drawn with.
   *
   * @param logits one for each token; minus infinity for those that must not be drawn
   * @return one for each token, their sum 1 but for rounding; 0 for those outside of top k and top p
   * @throws IllegalArgumentException if a logit is NaN or plus infinity, or all are minus infinity
   */
  public double[] probabilities(float[] logits) {
    int best = best(logits);
    double[] p = new double[logits.length];
    if (temperature == 0) {
      p[best] = 1;
      return p;
    }
    double sum = 0;
    for (int j = 0; j < p.length; j++) {
      // StrictMath: Math.exp may differ in its last bit from machine to machine.
      p[j] = StrictMath.exp(((double) logits[j] - logits[best]) / temperature);
      sum += p[j];
    }
    if ((topK != ALL && topK < p.length) || topP < 1) {
      sum = cut(logits, p, sum);
    }
    for (int j = 0; j < p.length; j++) {
      p[j] /= sum;
    }
    return p;
  }

  private static int best(float[] logits) {
    int best = 0;
    for (int j = 0; j < logits.length; j++) {
      if (Float.isNaN(logits[j]) || logits[j] == Float.POSITIVE_INFINITY) {
        throw new IllegalArgumentException(
            "the logit of token " + j + " is " + logits[j] + "; expected a finite number");
      }
      best = logits[j] > logits[best] ? j : best;
    }
    if (logits.length == 0 || logits[best] == Float.NEGATIVE_INFINITY) {
      throw new IllegalArgumentException("of " + logits.length + " tokens none may be drawn; expected one or more");
    }
    return best;
  }

  /** Sets to 0 what is outside; the result is the sum of what is left. */
  private double cut(float[] logits, double[] p, double sum) {
    int[] order = byLikelihood(logits);
    int k = topK == ALL ? p.length : Math.min(topK, p.length);
    double within = sum;
    if (k < p.length) {
      within = 0;
      for (int rank = 0; rank < k; rank++) {
        within += p[order[rank]];
      }
    }
    double kept = 0;
    int rank = 0;
    while (rank < k && (rank == 0 || topP == 1 || kept < topP * within)) {
      kept += p[order[rank++]];
    }
    while (rank < order.length) {
      p[order[rank++]] = 0;
    }
    return kept;
  }

  /** Tokens from the most to the least likely. The difference makes both zeros one: a minus sign would swap them. */
  static int[] byLikelihood(float[] logits) {
    return IntStream.range(0, logits.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer j) -> 0.0 - logits[j]).thenComparing(Comparator.naturalOrder()))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /**
   * Draws a token.
   *
   * @param logits one for each token; minus infinity for those that must not be drawn
   * @param position which draw this is: another position, another random number
   * @return the token
   * @throws IllegalArgumentException if a logit is NaN or plus infinity, or all are minus infinity
   */
  public int draw(float[] logits, long position) {
    double[] p = probabilities(logits);
    double u = CounterRandom.uniformDouble(seed, STREAM, position);
    int last = 0;
    for (int j = 0; j < p.length; j++) {
      if (p[j] > 0) {
        last = j;
        u -= p[j];
        if (u < 0) {
          return j;
        }
      }
    }
    return last; // where rounding leaves the sum of all a little below u
  }
}
