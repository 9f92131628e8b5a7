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

  /** How often a vector goes to the stack or comes back between the first multiply-add and the last. */
  int spills() {
    int[] multiplyAdds = positions(0, bytes.length, this::multiplyAdd);
    return positions(multiplyAdds[0], multiplyAdds[multiplyAdds.length - 1], this::spill).length;
  }

  /**
   * How many multiply-adds a turn of the loop has: of the shortest one, since C2 parts the first turn from it. So of an
   * unrolled loop it sees what is left over; {@link #spills} sees all.
   */
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

  /** vmovdqu or vmovups of 256 bits between a register and [rsp + displacement]: C5, L and F3 or none, the opcode. */
  private boolean spill(int at) {
    int prefix = at(at + 1) & 0x7f;
    int opcode = at(at + 2);
    boolean whole = prefix == 0x7e && (opcode == 0x6f || opcode == 0x7f);
    boolean floats = prefix == 0x7c && (opcode == 0x10 || opcode == 0x11);
    int operand = at(at + 3);
    return at(at) == 0xc5 && (whole || floats) && operand >> 6 != 3 && (operand & 7) == 4 && at(at + 4) == 0x24;
  }

  private int at(int index) {
    return index < bytes.length ? bytes[index] & 0xff : -1;
  }
}
