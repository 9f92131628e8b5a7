package io.github.lstm4j.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Several jobs whose parts wait for nothing of each other, as a single one: its parts are dealt out to the threads as
 * these come free, so a thread that the machine stops for a while takes fewer of them. Jobs of one part are too small
 * to share: where all have one, the caller runs them.
 */
final class DealtParts {
  private final Workers workers;
  private final List<Part> all = new ArrayList<>();
  private final IntConsumer one = this::one;
  private final IntConsumer first = this::first;
  private int whole; // how many of the first come from jobs of one part
  private int count; // of the run at hand, by the caller alone

  DealtParts(Workers workers) {
    this.workers = workers;
  }

  /** Adds the parts of a job. */
  void add(int parts, IntConsumer job) {
    if (parts == 1 && whole == all.size()) {
      whole++;
    }
    for (int part = 0; part < parts; part++) {
      all.add(new Part(job, part));
    }
  }

  /** How many were added so far. */
  int count() {
    return all.size();
  }

  /** Runs the first so many. */
  void run(int parts) {
    if (parts > whole) {
      workers.deal(parts, one);
    } else {
      count = parts;
      workers.run(1, first);
    }
  }

  private void first(int job) {
    for (int number = 0; number < count; number++) {
      one(number);
    }
  }

  private void one(int number) {
    Part part = all.get(number);
    part.job.accept(part.number);
  }

  private record Part(IntConsumer job, int number) {}
}
