package io.github.lstm4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * The processor, as Linux describes it; elsewhere only its architecture is known.
 *
 * @param model its name
 * @param features those of its features that kernels care about
 */
record Processor(String model, List<String> features) {
  private static final List<String> RELEVANT =
      List.of("sse4_2", "avx", "avx2", "fma", "f16c", "avx512f", "avx512bw", "avx512_bf16", "avx512_vnni", "amx_tile",
          "asimd", "asimdhp", "asimddp", "bf16", "sve", "sve2");

  /** Reads {@code /proc/cpuinfo} where there is one. */
  static Processor detect() {
    String architecture = System.getProperty("os.arch", "unknown");
    Path file = Path.of("/proc/cpuinfo");
    try {
      return parse(Files.isReadable(file) ? Files.readAllLines(file) : List.of(), architecture);
    } catch (IOException e) {
      return new Processor(architecture + " (/proc/cpuinfo: " + e.getMessage() + ")", List.of());
    }
  }

  /** Reads the lines of a {@code cpuinfo}. */
  static Processor parse(List<String> lines, String architecture) {
    String model = architecture;
    TreeSet<String> flags = new TreeSet<>();
    for (String line : lines) {
      int colon = line.indexOf(':');
      String key = colon < 0 ? "" : line.substring(0, colon).strip();
      String value = colon < 0 ? "" : line.substring(colon + 1).strip();
      switch (key) {
        case "model name" -> model = value + " (" + architecture + ")";
        case "flags", "Features" -> flags.addAll(Arrays.asList(value.split(" ", -1)));
        default -> { }
      }
    }
    List<String> relevant = RELEVANT.stream().filter(flags::contains).toList();
    return new Processor(model, relevant.stream().map(flag -> flag.equals("asimd") ? "neon" : flag).toList());
  }

  /** The widest vectors that the features speak of, in bits; 0 where they are not known. */
  int vectorBits() {
    if (features.contains("avx512f")) {
      return 512;
    }
    if (features.contains("avx2")) {
      return 256;
    }
    return features.isEmpty() ? 0 : 128;
  }
}
