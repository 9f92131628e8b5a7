package io.github.lstm4j.bench.contest;

import io.github.lstm4j.bench.peer.Task;
import java.util.SequencedMap;

/**
 * What came out of a match.
 *
 * @param task what was measured
 * @param threads with how many threads
 * @param timings times by contestant
 */
record MatchResult(Task task, int threads, SequencedMap<String, Timing> timings) {}
