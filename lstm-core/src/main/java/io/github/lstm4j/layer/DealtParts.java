package io.github.lstm4j.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Several jobs whose parts wait for nothing of each other, as a single one: its parts are dealt out to the threads as
 * these come free. So large parts first and small ones last even out what threads differ by, of which a busy machine
 * may stop one for a while. Where no job has more parts than one, the caller runs them all: they are too small to
 * share.
 */
final class DealtParts {
  private final Workers workers;
  private final List<Part> all = new ArrayList<>();
  private final IntConsumer one = this::one;
  private boolean shared;

  DealtParts(Workers workers) {
    this.workers = workers;
  }

  /** Adds the parts of a job. */
  void add(int parts, IntConsumer job) {
    shared |= parts > 1;
    for (int part = 0; part < parts; part++) {
      all.add(new Part(job, part));
    }
  }

  /** How many were added so far. */
  int count() {
    return all.size();
  }

  /** Runs the first so many. */
  void run(int count) {
    if (shared) {
      workers.deal(count, one);
    } else {
      for (int part = 0; part < count; part++) {
        one(part);
      }
    }
  }

  private void one(int number) {
    Part part = all.get(number);
    part.job.accept(part.number);
  }

  private record Part(IntConsumer job, int number) {}
}
