package io.github.lstm4j.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Budgets, alignment, zeroes, and what is left after a close. */
class MemoryTest {
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 63, 64, 65, 1_000, 4_096, 1 << 20})
  void zeroedAlignedAndCounted(long bytes) {
    long live = Memory.liveBytes();
    try (Memory memory = Memory.unlimited("test")) {
      long held = 0;
      for (int i = 0; i < 20; i++) {
        MemorySegment segment = memory.allocate(bytes);
        held += Padding.toMultiple(bytes, 64);
        assertEquals(0, segment.address() % Memory.ALIGNMENT);
        assertEquals(-1, segment.mismatch(MemorySegment.ofArray(new byte[(int) segment.byteSize()])), "all zero");
        segment.fill((byte) -1); // the next one is zeroed even where this one was
        assertEquals(held, memory.bytes());
        assertEquals(live + held, Memory.liveBytes());
      }
    }
    assertEquals(live, Memory.liveBytes());
  }

  /** What a program's first allocations are; which of them are, depends on those before. */
  @ParameterizedTest
  @ValueSource(longs = {0, 64, 128, 4_096, 4 << 20})
  void copiesOfZerosAreZeroedAlignedAndNoLonger(long bytes) {
    try (Arena arena = Arena.ofConfined()) {
      for (int i = 0; i < 5; i++) {
        MemorySegment segment = Memory.copyOfZeros(arena, bytes);
        assertEquals(bytes, segment.byteSize());
        assertEquals(0, segment.address() % Memory.ALIGNMENT);
        assertEquals(-1, segment.mismatch(MemorySegment.ofArray(new byte[(int) bytes])), "all zero");
        segment.fill((byte) -1);
      }
    }
  }

  @Test
  void aSmallHeapHasNoCopiesOfItsSize() {
    assertEquals(6 << 14, Memory.mostCopied(6 << 20));
    assertEquals(4 << 20, Memory.mostCopied(Long.MAX_VALUE));
  }

  @Test
  void rowsOfPaddedMatricesStartOnCacheLines() {
    try (Memory memory = Memory.unlimited("test")) {
      for (int columns = 0; columns <= 70; columns++) {
        Matrix matrix = memory.matrix(3, columns);
        assertEquals(Math.ceilDiv(columns, 16) * 16, matrix.stride());
        assertEquals(0, matrix.offset(1) % 64);
        assertEquals(0, matrix.segment().address() % 64);
        assertEquals(columns, memory.dense(3, columns).stride());
        assertEquals(1, memory.vector(columns).rows());
      }
    }
  }

  @Test
  void theBudgetHolds() {
    long live = Memory.liveBytes();
    try (Memory memory = Memory.limited("a small model", 1_000)) {
      memory.allocate(500); // 512 with its padding
      MemoryLimitException thrown = assertThrows(MemoryLimitException.class, () -> memory.matrix(8, 10));
      assertEquals(
          "a small model may hold 1000 bytes off-heap and holds 512; 512 more were asked for: raise the limit or use "
              + "smaller batches, fewer steps or a smaller network",
          thrown.getMessage());
      assertEquals(512, memory.bytes());
      assertEquals(live + 512, Memory.liveBytes());
      memory.allocate(448);
      assertThrows(MemoryLimitException.class, () -> memory.allocate(1));
      memory.allocate(0);
      assertEquals(960, memory.bytes());
      assertEquals(1_000, memory.limit());
      assertEquals("a small model: 960 bytes off-heap", memory.toString());
    }
    try (Memory nothing = Memory.limited("nothing", 0)) {
      assertEquals(0, nothing.matrix(0, 5).rows());
      assertThrows(MemoryLimitException.class, () -> nothing.allocate(1));
      assertThrows(MemoryLimitException.class, () -> nothing.allocate(Long.MAX_VALUE - 64));
    }
    assertEquals(live, Memory.liveBytes());
  }

  /** Every way to touch storage after its owner was closed throws; none reads or crashes. */
  @Test
  void useAfterClose() {
    long live = Memory.liveBytes();
    Memory memory = Memory.unlimited("the model");
    Matrix matrix = memory.matrix(3, 4);
    Matrix view = matrix.rows(1, 1).columns(1, 2);
    memory.close();
    memory.close();
    assertEquals(0, memory.bytes());
    assertEquals(live, Memory.liveBytes());
    List<Executable> uses = List.of(
        () -> matrix.get(0, 0), () -> view.get(0, 0), () -> matrix.set(0, 0, 1f), () -> matrix.fill(0f),
        () -> matrix.fill(-0f), () -> matrix.copyTo(new float[12], 0), () -> matrix.copyFrom(new float[12], 0),
        matrix::toArray, () -> matrix.copyFrom(matrix), () -> matrix.copyRow(matrix.rows(0, 1)),
        () -> view.segment().get(ValueLayout.JAVA_BYTE, 0));
    for (Executable use : uses) {
      assertThrows(IllegalStateException.class, use);
    }
    for (Executable use : List.<Executable>of(() -> memory.allocate(1), () -> memory.matrix(1, 1))) {
      assertEquals(
          "the model is closed: nothing can be allocated from it",
          assertThrows(IllegalStateException.class, use).getMessage());
    }
  }

  @Test
  void concurrentAllocation() throws InterruptedException, ExecutionException {
    long live = Memory.liveBytes();
    try (Memory memory = Memory.limited("shared", 64 * 1_000);
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      AtomicInteger got = new AtomicInteger();
      List<Future<?>> done = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        done.add(threads.submit(() -> {
          for (int i = 0; i < 400; i++) { // 1,600 asked for, 1,000 to be had
            try {
              memory.allocate(64);
              got.incrementAndGet();
            } catch (MemoryLimitException refused) {
              assertEquals(memory.limit(), memory.bytes());
            }
          }
        }));
      }
      for (Future<?> each : done) {
        each.get();
      }
      assertEquals(1_000, got.get());
      assertEquals(live + memory.limit(), Memory.liveBytes());
    }
    assertEquals(live, Memory.liveBytes());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badSizes")
  void badSizes(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  static Stream<Arguments> badSizes() {
    Memory memory = Memory.limited("none", 0);
    int max = Integer.MAX_VALUE;
    return Stream.of(
        bad("memory limit of m is -1 bytes; expected 0 or more", () -> Memory.limited("m", -1).close()),
        bad("size -1 is out of range", () -> memory.allocate(-1)),
        bad("size 9223372036854775807 is out of range", () -> memory.allocate(Long.MAX_VALUE)),
        bad("matrix shape [-1, 2]: expected sizes of 0 or more", () -> memory.matrix(-1, 2)),
        bad("matrix shape [2, -1]: expected sizes of 0 or more", () -> memory.matrix(2, -1)),
        bad("matrix shape [2, -1]: expected sizes of 0 or more", () -> memory.dense(2, -1)),
        bad("matrix shape [1, -5]: expected sizes of 0 or more", () -> memory.vector(-5)),
        bad("matrix shape [1, 2147483647] is too large for any memory", () -> memory.vector(max)),
        bad("matrix shape [2147483647, 2147483647] is too large for any memory", () -> memory.dense(max, max)),
        bad("size -1 is out of range", () -> Padding.toMultiple(-1, 64)));
  }

  private static Arguments bad(String message, Executable call) {
    return Arguments.of(message, call);
  }
}
