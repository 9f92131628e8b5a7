package io.github.lstm4j.bench.peers;

import io.github.lstm4j.bench.peer.Contestant;
import io.github.lstm4j.bench.peer.Operands;
import io.github.lstm4j.bench.peer.Task;
import io.github.lstm4j.bench.peer.Workload;

/**
 * oneDNN called directly, its weights in whatever format it asks for, put there once: a training step is not charged
 * for packing them anew after an update, which favours it. Its threads are set by the environment, OMP_NUM_THREADS.
 */
final class OneDnnPeer implements Contestant {
  @Override
  public Workload prepare(Task task, Operands operands, int threads) {
    return switch (task.mode()) {
      case INFER, STREAM -> new OneDnnInference(task, operands);
      case TRAIN -> new OneDnnTraining(task, operands);
      case GEMM -> new OneDnnProduct(task, operands);
      case PEAK -> throw new UnsupportedOperationException("no peak here");
    };
  }
}
