package io.github.lstm4j.bench.peer;

import io.github.lstm4j.kernels.KernelSelection;
import io.github.lstm4j.kernels.Kernels;
import java.io.IOException;

/** This library as a contestant, in a process of its own like the others. */
public final class OwnLibrary implements Contestant {
  private OwnLibrary() {}

  /**
   * Serves.
   *
   * @param arguments the number of threads
   * @throws IOException if the input can't be read
   */
  public static void main(String[] arguments) throws IOException {
    PeerServer.serve(new OwnLibrary(), Integer.parseInt(arguments[0]));
  }

  @Override
  public Workload prepare(Task task, Operands operands, int threads) {
    Kernels kernels = KernelSelection.best();
    return switch (task.mode()) {
      case INFER -> new OwnInference(task, operands, kernels, threads);
      case TRAIN -> new OwnTraining(task, operands, kernels, threads);
      case STREAM -> new OwnStream(task, operands, kernels, threads);
      case GEMM -> new OwnProduct(task, operands, kernels, threads);
      case PEAK -> new Peak(task, threads);
    };
  }
}
