package io.github.lstm4j.bench.contest;

import io.github.lstm4j.bench.peer.Task;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What came out of a match.
 *
 * @param task what was measured
 * @param threads with how many threads
 * @param peak fused multiply-adds of all those threads, measured in the same turns, in floating-point operations a
 *     second
 * @param timings times by contestant
 */
record MatchResult(Task task, int threads, double peak, SequencedMap<String, Timing> timings) {
  /** What a JVM user trains with today: not among the native peers. */
  static final String DL4J = "dl4j";

  /** PyTorch as most know it, and the same without Python. */
  static final List<String> EAGER = List.of("pytorch", "libtorch");

  /** This library's time, or null if it was not measured. */
  @Nullable Timing ours() {
    return timings.get(PeerCommand.OURS);
  }

  /** The fastest native peer, or null if there was none. */
  @Nullable String fastestPeer() {
    return timings.entrySet().stream()
        .filter(entry -> !entry.getKey().equals(PeerCommand.OURS) && !entry.getKey().equals(DL4J))
        .min(Map.Entry.comparingByValue((a, b) -> Double.compare(a.median(), b.median())))
        .map(Map.Entry::getKey)
        .orElse(null);
  }

  /** How many times as fast as a contestant this library is; NaN if one of them was not measured. */
  double ratio(@Nullable String contestant) {
    Timing ours = ours();
    Timing theirs = contestant == null ? null : timings.get(contestant);
    return ours == null || theirs == null ? Double.NaN : theirs.median() / ours.median();
  }

  /** How many times as fast as PyTorch's eager mode, the faster of its two if both were measured. */
  double eagerRatio() {
    return EAGER.stream().mapToDouble(this::ratio).filter(Double::isFinite).min().orElse(Double.NaN);
  }

  /** This library's share of the measured peak; NaN if either was not measured. */
  double shareOfPeak() {
    Timing ours = ours();
    return ours == null ? Double.NaN : task.flops() / (ours.median() * 1e-9) / peak;
  }
}
