package io.github.lstm4j.layer;

import io.github.lstm4j.kernels.KernelSelection;
import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.memory.Matrix;

/**
 * How a model computes: with which kernels and on how many threads. Set per model, never global. Results do not depend
 * on either.
 */
public final class Execution implements AutoCloseable {
  /**
   * Below so many multiplications of a recurrent layer's gradient, what its parts leave in another core's cache costs
   * more than they save: docs/adr/0006.
   */
  private static final long LEAST_SHARED = 1 << 20;

  private final Kernels kernels;
  private final Workers workers;
  private final Split.Policy split;
  private final int chunkRows;
  private final long leastShared;

  /**
   * Kernels and threads.
   *
   * @param kernels what computes
   * @param threads how many threads compute, 1 or more
   */
  public Execution(Kernels kernels, int threads) {
    this(kernels, threads, new Split.Measured(), StepRange.CHUNK_ROWS, LEAST_SHARED);
  }

  /** With choices of one's own, all gradients shared: tests run every layer with every split, in chunks of any size. */
  Execution(Kernels kernels, int threads, Split.Policy split, int chunkRows) {
    this(kernels, threads, split, chunkRows, 1);
  }

  private Execution(Kernels kernels, int threads, Split.Policy split, int chunkRows, long leastShared) {
    this.kernels = kernels;
    this.workers = new Workers(threads);
    this.split = split;
    this.chunkRows = chunkRows;
    this.leastShared = leastShared;
  }

  /**
   * The best kernels of this JVM on some threads.
   *
   * @param threads how many threads compute, 1 or more
   * @return the execution
   */
  public static Execution of(int threads) {
    return new Execution(KernelSelection.best(), threads);
  }

  /**
   * What computes.
   *
   * @return the kernels
   */
  public Kernels kernels() {
    return kernels;
  }

  /**
   * What shares the work.
   *
   * @return the threads
   */
  public Workers workers() {
    return workers;
  }

  /**
   * How many threads compute.
   *
   * @return 1 or more
   */
  public int threads() {
    return workers.count();
  }

  Split.Policy split() {
    return split;
  }

  /**
   * How many threads share a gradient of a recurrent layer, after its time loop.
   *
   * @param multiplications how many it has
   */
  int threads(long multiplications) {
    return multiplications < leastShared ? 1 : threads();
  }

  /** The fewest rows whose input is projected at once: more of them where the weight is large enough to be worth it. */
  int chunkRows(Matrix inputWeight) {
    long bytes = (long) inputWeight.rows() * inputWeight.columns() * Float.BYTES;
    return bytes < Split.LARGE_BYTES ? chunkRows : 2 * chunkRows;
  }

  /** Ends the threads. */
  @Override
  public void close() {
    workers.close();
  }
}
