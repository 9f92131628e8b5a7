package io.github.lstm4j.bench.contest;

import io.github.lstm4j.kernels.KernelSelection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What the figures depend on besides the code: processor, caches, JDK, flags, kernels, the peers' versions. */
final class MachineCard {
  private static final List<String> FLAGS =
      List.of("avx", "avx2", "fma", "avx512f", "avx512bw", "avx512vl", "avx512_vnni", "amx_tile", "asimd", "sve");

  private MachineCard() {}

  /** The card of this machine, as names and values; what a system does not tell is left out. */
  static SequencedMap<String, String> read(Path root) {
    SequencedMap<String, String> card = new LinkedHashMap<>();
    cpuInfo("model name").ifPresent(model -> card.put("cpu", model));
    cpuInfo("flags").ifPresent(flags -> card.put("flags", known(flags)));
    card.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
    String caches = caches();
    if (!caches.isEmpty()) {
      card.put("caches", caches);
    }
    card.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    card.put("jdk", System.getProperty("java.vendor.version", "") + " " + Runtime.version());
    card.put("jvmFlags", jvmFlags(root));
    card.put("kernels", KernelSelection.best().description());
    card.put("peers", versions(root));
    return card;
  }

  private static Optional<String> cpuInfo(String field) {
    return lines(Path.of("/proc/cpuinfo")).stream()
        .filter(line -> line.startsWith(field))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst();
  }

  private static String known(String flags) {
    TreeSet<String> there = new TreeSet<>(List.of(flags.split(" ")));
    return String.join(" ", FLAGS.stream().filter(there::contains).toList());
  }

  /** Such as {@code L1d 48K, L1i 32K, L2 2048K, L3 266240K}. */
  private static String caches() {
    List<String> caches = new ArrayList<>();
    for (int index = 0; ; index++) {
      Path cache = Path.of("/sys/devices/system/cpu/cpu0/cache/index" + index);
      if (!Files.isDirectory(cache)) {
        return String.join(", ", caches);
      }
      String type = first(cache.resolve("type"));
      String letter = type.startsWith("Data") ? "d" : type.startsWith("Instruction") ? "i" : "";
      caches.add("L" + first(cache.resolve("level")) + letter + " " + first(cache.resolve("size")));
    }
  }

  private static String jvmFlags(Path root) {
    List<String> flags =
        lines(root.resolve("jdk-flags.txt")).stream().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    return String.join(" ", flags);
  }

  /** The peers' jars, natives apart, whose names have their versions. */
  private static String versions(Path root) {
    TreeSet<String> versions = new TreeSet<>();
    for (String module : List.of("peers", "peers-dl4j")) {
      Path lib = root.resolve("lstm-bench").resolve(module).resolve("target/launcher/lib");
      if (Files.isDirectory(lib)) {
        try (Stream<Path> jars = Files.list(lib)) {
          jars.map(jar -> jar.getFileName().toString())
              .filter(name -> name.matches("(onnxruntime|pytorch|dnnl|openblas|deeplearning4j-nn)-.*\\.jar"))
              .filter(name -> !name.contains("x86_64"))
              .map(name -> name.substring(0, name.length() - ".jar".length()))
              .forEach(versions::add);
        } catch (IOException e) {
          versions.add(module + ": " + e.getMessage());
        }
      }
    }
    return String.join(", ", versions);
  }

  private static String first(Path file) {
    List<String> lines = lines(file);
    return lines.isEmpty() ? "" : lines.getFirst().strip();
  }

  /** A file's lines, none if this system has no such file. */
  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return List.of();
    }
  }
}
