package io.github.lstm4j.layer;

import io.github.lstm4j.kernels.KernelSelection;
import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.memory.Matrix;

/**
 * How a model computes: with which kernels and on how many threads. Set per model, never global. Results do not depend
 * on either.
 */
public final class Execution implements AutoCloseable {
  private final Kernels kernels;
  private final Workers workers;
  private final Split.Policy split;
  private final int chunkRows;

  /**
   * Kernels and threads.
   *
   * @param kernels what computes
   * @param threads how many threads compute, 1 or more
   */
  public Execution(Kernels kernels, int threads) {
    this(kernels, threads, Split.MEASURED, StepRange.CHUNK_ROWS);
  }

  /** With choices of one's own: tests run every layer with every split, in chunks of any size. */
  Execution(Kernels kernels, int threads, Split.Policy split, int chunkRows) {
    this.kernels = kernels;
    this.workers = new Workers(threads);
    this.split = split;
    this.chunkRows = chunkRows;
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
   * How many threads share a product beside the time loop.
   *
   * @param multiplications how many it has; sums and copies count {@link Split#ELEMENT} an element
   */
  int threads(long multiplications) {
    return multiplications < split.leastShared() ? 1 : threads();
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
