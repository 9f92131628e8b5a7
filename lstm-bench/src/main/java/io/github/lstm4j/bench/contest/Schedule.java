package io.github.lstm4j.bench.contest;

import io.github.lstm4j.bench.Shape;
import io.github.lstm4j.bench.peer.Task;
import io.github.lstm4j.bench.peer.TaskMode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which tasks a run measures. */
final class Schedule {
  static final int[] GROWTH_BATCHES = {1, 16, 64, 256};
  static final int[] GROWTH_SIZES = {32, 64, 128, 256, 512, 1024, 2048};

  /** Enough to make the start of a sequence small, few enough to end: B256 H2048 is 275 GFLOP. */
  private static final int GROWTH_STEPS = 16;

  private Schedule() {}

  /**
   * A match to be held.
   *
   * @param task what is measured
   * @param threads of each contestant
   */
  record Planned(Task task, int threads) {}

  /** The matches of a run, each once: inference of one step is a stream, which both modes ask for. */
  static Set<Planned> matches(ContestOptions options) {
    Set<Planned> matches = new LinkedHashSet<>();
    for (TaskMode mode : options.modes) {
      for (int threads : options.growth ? List.of(1) : options.threads) {
        tasks(mode, options).forEach(task -> matches.add(new Planned(task, threads)));
      }
    }
    return matches;
  }

  /** The tasks of a mode. At T1 inference is a stream, and training is not measured. */
  static List<Task> tasks(TaskMode mode, ContestOptions options) {
    List<Task> tasks = new ArrayList<>();
    if (mode == TaskMode.GEMM) {
      options.products.forEach(product -> tasks.add(new Task(mode, product)));
      return tasks;
    }
    for (String shape : options.growth ? growth() : options.shapes) {
      boolean singleStep = Shape.parse(shape).steps() == 1;
      if (singleStep && (mode == TaskMode.INFER || mode == TaskMode.STREAM)) {
        tasks.add(new Task(TaskMode.STREAM, shape));
      } else if (!singleStep && mode != TaskMode.STREAM) {
        tasks.add(new Task(mode, shape));
      }
    }
    return tasks;
  }

  private static List<String> growth() {
    List<String> shapes = new ArrayList<>();
    for (int batch : GROWTH_BATCHES) {
      for (int size : GROWTH_SIZES) {
        shapes.add(new Shape(batch, GROWTH_STEPS, size, size, 1).toString());
      }
    }
    return shapes;
  }
}
