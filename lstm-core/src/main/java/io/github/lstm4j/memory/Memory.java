package io.github.lstm4j.memory;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An owner of off-heap storage: everything allocated from it lives until {@link #close()} and is counted, in bytes.
 *
 * <p>The JVM limits native memory by none of its flags, so each owner keeps its own budget: an allocation that would
 * pass {@link #limit()} throws {@link MemoryLimitException} and allocates nothing. All storage is zeroed and 64-byte
 * aligned (a cache line, and the widest vector). Use after close throws {@link IllegalStateException}.
 *
 * <p>Allocation is thread-safe.
 */
public final class Memory implements AutoCloseable {
  /** The alignment of every allocation, in bytes. */
  public static final int ALIGNMENT = 64;

  /** Bytes of an allocation that are zeroed by a copy, which takes the heap as many for a moment. */
  private static final long MOST_COPIED = mostCopied(Runtime.getRuntime().maxMemory());

  /** Bytes that all owners together may zero so: those of a start. */
  private static final long MOST_COPIED_IN_ALL = 32 << 20;

  private static final AtomicLong COPIED = new AtomicLong();
  private static final AtomicLong LIVE_BYTES = new AtomicLong();

  private final String owner;
  private final long limit;
  private final Arena arena = Arena.ofShared();
  private long bytes;
  private boolean closed;

  private Memory(String owner, long limit) {
    this.owner = Objects.requireNonNull(owner, "owner");
    this.limit = limit;
  }

  /**
   * An owner without a limit of its own.
   *
   * @param owner what the storage is for, named in messages
   * @return the owner
   */
  public static Memory unlimited(String owner) {
    return new Memory(owner, Long.MAX_VALUE);
  }

  /**
   * An owner that refuses to hold more than a number of bytes.
   *
   * @param owner what the storage is for, named in messages
   * @param limit the most it may hold, in bytes
   * @return the owner
   * @throws IllegalArgumentException if the limit is negative
   */
  public static Memory limited(String owner, long limit) {
    if (limit < 0) {
      throw new IllegalArgumentException("memory limit of " + owner + " is " + limit + " bytes; expected 0 or more");
    }
    return new Memory(owner, limit);
  }

  /**
   * A zeroed matrix whose rows are padded to whole cache lines.
   *
   * @param rows number of rows, 0 or more
   * @param columns number of columns, 0 or more
   * @return the matrix [rows, columns]
   * @throws MemoryLimitException if the budget does not allow it
   */
  public Matrix matrix(int rows, int columns) {
    checkShape(rows, columns); // before a stride is made of it
    return allocate(rows, columns, Padding.stride(columns));
  }

  /**
   * A zeroed matrix whose rows follow each other without padding, as in a file.
   *
   * @param rows number of rows, 0 or more
   * @param columns number of columns, 0 or more
   * @return the matrix [rows, columns] with stride = columns
   * @throws MemoryLimitException if the budget does not allow it
   */
  public Matrix dense(int rows, int columns) {
    checkShape(rows, columns);
    return allocate(rows, columns, columns);
  }

  /**
   * A zeroed row vector.
   *
   * @param length number of elements, 0 or more
   * @return the matrix [1, length]
   * @throws MemoryLimitException if the budget does not allow it
   */
  public Matrix vector(int length) {
    return matrix(1, length);
  }

  private Matrix allocate(int rows, int columns, int stride) {
    MemorySegment segment = allocate((long) rows * stride * Float.BYTES);
    return new Matrix(segment, rows, columns, stride);
  }

  private static void checkShape(int rows, int columns) {
    if (rows < 0 || columns < 0) {
      throw new IllegalArgumentException("matrix shape [" + rows + ", " + columns + "]: expected sizes of 0 or more");
    }
    // Past the padding's reach a stride is no int, and past 2⁶³ bytes a size is no long.
    if (columns > Integer.MAX_VALUE - Padding.FLOATS_PER_LINE || (long) rows * columns > Long.MAX_VALUE / 8) {
      throw new IllegalArgumentException("matrix shape [" + rows + ", " + columns + "] is too large for any memory");
    }
  }

  /**
   * Zeroed, aligned storage for other uses, such as packed panels.
   *
   * @param byteSize number of bytes, 0 or more
   * @return the segment
   * @throws MemoryLimitException if the budget does not allow it
   */
  public synchronized MemorySegment allocate(long byteSize) {
    if (closed) {
      throw new IllegalStateException(owner + " is closed: nothing can be allocated from it");
    }
    long padded = Padding.toMultiple(byteSize, ALIGNMENT);
    if (padded > limit - bytes) {
      throw new MemoryLimitException(owner, padded, bytes, limit);
    }
    MemorySegment segment = zeroed(arena, padded);
    bytes += padded;
    LIVE_BYTES.addAndGet(padded);
    return segment;
  }

  /**
   * The arena zeroes what it allocates in a loop over eight bytes a turn, which the interpreter begins with: 11 ms for
   * the first 2 MB of a program. So a program's first allocations, but for large ones, are copies of zeros.
   */
  private static MemorySegment zeroed(Arena arena, long padded) {
    boolean start = padded <= MOST_COPIED && COPIED.addAndGet(padded) <= MOST_COPIED_IN_ALL;
    return start ? copyOfZeros(arena, padded) : arena.allocate(padded, ALIGNMENT);
  }

  /** One call, for which the arena leaves out its loop. */
  static MemorySegment copyOfZeros(Arena arena, long padded) {
    MemorySegment zeros = MemorySegment.ofArray(new long[(int) (padded + ALIGNMENT) / Long.BYTES]);
    MemorySegment room = arena.allocateFrom(JAVA_LONG, zeros, JAVA_LONG, 0, zeros.byteSize() / Long.BYTES);
    return room.asSlice(-room.address() & (ALIGNMENT - 1), padded);
  }

  /** A 64th of the heap, 4 MB at most: what is off-heap must not need a heap of its size. */
  static long mostCopied(long heap) {
    return Math.min(4 << 20, heap / 64);
  }

  /**
   * The storage this owner holds.
   *
   * @return bytes allocated and not yet freed
   */
  public synchronized long bytes() {
    return bytes;
  }

  /**
   * The most this owner may hold.
   *
   * @return the limit in bytes, {@link Long#MAX_VALUE} where there is none
   */
  public long limit() {
    return limit;
  }

  /**
   * The off-heap storage that all owners of this JVM hold together: 0 once everything is closed.
   *
   * @return bytes
   */
  public static long liveBytes() {
    return LIVE_BYTES.get();
  }

  /** Frees everything; a second call does nothing. */
  @Override
  public synchronized void close() {
    if (!closed) {
      arena.close();
      closed = true;
      LIVE_BYTES.addAndGet(-bytes);
      bytes = 0;
    }
  }

  @Override
  public String toString() {
    return owner + ": " + bytes() + " bytes off-heap";
  }
}
