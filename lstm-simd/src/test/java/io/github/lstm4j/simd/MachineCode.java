package io.github.lstm4j.simd;

import java.io.ByteArrayOutputStream;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A method as C2 compiled it: the bytes that {@code -XX:CompileCommand=print} shows where no disassembler is installed.
 * Knows a few instructions of x86, those of vectors in their VEX form of 256 bits, which is all that AVX2 has. It looks
 * for them at every byte, so it could take the middle of another instruction for one. Of jumps it knows those by four
 * bytes, as C2 makes them here.
 */
final class MachineCode {
  private static final Pattern STANDARD = Pattern.compile("Compiled method \\(c2\\)\\s+\\d+\\s+\\d+\\s+4 .*");
  private static final Pattern BYTES = Pattern.compile("\\s+0x\\p{XDigit}+:\\s+(\\p{XDigit}{2}[\\p{XDigit} |]*)");

  private final byte[] bytes;

  private MachineCode(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The last method that C2 compiled as a whole, not from the middle of a loop on; empty if no bytes were printed. */
  static Optional<MachineCode> lastOfC2(List<String> output) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    boolean inside = false;
    for (String line : output) {
      Matcher matcher = BYTES.matcher(line);
      if (STANDARD.matcher(line).matches()) {
        bytes.reset();
        inside = true;
      } else if (line.startsWith("Compiled method") || line.startsWith("[Stub Code]")) {
        inside = false;
      } else if (inside && matcher.matches()) {
        bytes.writeBytes(HexFormat.of().parseHex(matcher.group(1).replaceAll("[ |]", "")));
      }
    }
    return bytes.size() == 0 ? Optional.empty() : Optional.of(new MachineCode(bytes.toByteArray()));
  }

  /** How often a sum goes to the stack between the first multiply-add and the last: a register that one has written. */
  int sumsToStack() {
    int[] multiplyAdds = positions(0, bytes.length, this::multiplyAdd);
    int first = multiplyAdds[0];
    int last = multiplyAdds[multiplyAdds.length - 1];
    return (int) IntStream.of(positions(first, last, this::toStack)).filter(store -> holdsSum(first, store)).count();
  }

  /** Whether what a store stores was not loaded since a multiply-add wrote it, in this turn or the one before. */
  private boolean holdsSum(int first, int store) {
    int register = registerOfMove(store);
    for (int at = store - 1; at >= first; at--) {
      if (multiplyAdd(at) && register(at + 1, at + 4) == register) {
        return true;
      }
      boolean loaded = load(at) && registerOfMove(at) == register;
      boolean loadedFar = loadOrBroadcast(at) && register(at + 1, at + 4) == register;
      if (loaded || loadedFar) {
        return false;
      }
    }
    return true;
  }

  /** How many multiply-adds a turn of the loop has: of the shortest one, if C2 has parted a first turn from it. */
  int multiplyAddsOfLoop() {
    int end = IntStream.of(positions(0, bytes.length, this::jumpBack))
        .filter(jump -> positions(target(jump), jump, this::multiplyAdd).length > 0)
        .boxed()
        .min(Comparator.comparingInt(jump -> jump - target(jump)))
        .orElseThrow(() -> new AssertionError("no loop around a multiply-add"));
    return positions(target(end), end, this::multiplyAdd).length;
  }

  private static int[] positions(int from, int to, IntPredicate instruction) {
    return IntStream.range(from, to).filter(instruction).toArray();
  }

  /** A conditional jump by four bytes, to before itself. */
  private boolean jumpBack(int at) {
    return at(at) == 0x0f && at(at + 1) >> 4 == 8 && at(at + 5) == 0xff && target(at) >= 0;
  }

  private int target(int jump) {
    int distance = at(jump + 2) | at(jump + 3) << 8 | at(jump + 4) << 16 | at(jump + 5) << 24;
    return jump + 6 + distance;
  }

  /** vfmadd132ps, 213 or 231 of 256 bits: C4, map 0F38, L and 66, the opcode. */
  private boolean multiplyAdd(int at) {
    int opcode = at(at + 3);
    return at(at) == 0xc4 && (at(at + 1) & 0x1f) == 2 && (at(at + 2) & 0x87) == 5
        && (opcode == 0x98 || opcode == 0xa8 || opcode == 0xb8);
  }

  /** vmovdqu or vmovups of 256 bits to [rsp + displacement]: C5, L and F3 or none, the opcode. */
  private boolean toStack(int at) {
    return move(at, 0x7f, 0x11) && at(at + 3) >> 6 != 3 && (at(at + 3) & 7) == 4 && at(at + 4) == 0x24;
  }

  /** The same from memory or another register. */
  private boolean load(int at) {
    return move(at, 0x6f, 0x10);
  }

  private boolean move(int at, int integers, int floats) {
    int prefix = at(at + 1) & 0x7f;
    int opcode = at(at + 2);
    boolean integer = prefix == 0x7e && opcode == integers;
    boolean single = prefix == 0x7c && opcode == floats;
    return at(at) == 0xc5 && (integer || single);
  }

  private int registerOfMove(int at) {
    return register(at + 1, at + 3);
  }

  /** The same by a pointer in one of the upper registers, or vbroadcastss: C4, map 0F or 0F38, L and 66 or none. */
  private boolean loadOrBroadcast(int at) {
    int map = at(at + 1) & 0x1f;
    boolean load = map == 1 && at(at + 2) == 0x7c && at(at + 3) == 0x10;
    boolean broadcast = map == 2 && at(at + 2) == 0x7d && at(at + 3) == 0x18;
    return at(at) == 0xc4 && (load || broadcast);
  }

  /** The register that an instruction's prefix, whose highest bit is R inverted, and its operands name. */
  private int register(int prefix, int operands) {
    int high = (at(prefix) & 0x80) == 0 ? 8 : 0;
    return high | (at(operands) >> 3 & 7);
  }

  private int at(int index) {
    return index < bytes.length ? bytes[index] & 0xff : -1;
  }
}
