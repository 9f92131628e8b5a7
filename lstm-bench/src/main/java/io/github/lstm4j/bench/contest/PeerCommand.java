package io.github.lstm4j.bench.contest;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * How a contestant is started.
 *
 * @param name its name
 * @param command its command line, to which the number of threads is added
 */
record PeerCommand(String name, List<String> command) {
  /** This library's name in tables. */
  static final String OURS = "lstm4j";

  /** Who measures the peak: a process like any other. */
  static final String PEAK = "peak";

  /** What OpenMP, MKL and OpenBLAS read their number of threads from. */
  static final List<String> THREAD_VARIABLES =
      List.of("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS");

  private static final List<String> NATIVE_PEERS = List.of("onnxruntime", "libtorch", "onednn", "openblas");

  List<String> line(int threads) {
    List<String> line = new ArrayList<>(command);
    line.add(Integer.toString(threads));
    return line;
  }

  /**
   * All contestants that could be started here.
   *
   * @param root the project's folder
   * @return commands by name; those whose files were not built are not there
   */
  static Map<String, PeerCommand> all(Path root) {
    Map<String, PeerCommand> all = new TreeMap<>();
    for (String name : List.of(OURS, PEAK)) {
      put(all, name, List.of(
          java(), "@" + root.resolve("jdk-flags.txt"), "-cp", System.getProperty("java.class.path"),
          "io.github.lstm4j.bench.peer.OwnLibrary"));
    }
    Path natives = built(root, "peers");
    if (Files.isDirectory(natives.resolve("lib"))) {
      for (String name : NATIVE_PEERS) {
        put(all, name, List.of(
            java(), "--enable-native-access=ALL-UNNAMED", "--add-modules", "jdk.incubator.vector", "-Xshare:auto",
            "-cp", classPath(natives, "lstm-bench-peers.jar"), "io.github.lstm4j.bench.peers.PeerMain", name));
      }
    }
    Path dl4j = built(root, "peers-dl4j");
    if (Files.isDirectory(dl4j.resolve("lib"))) {
      put(all, "dl4j", List.of(
          java(), "--enable-native-access=ALL-UNNAMED", "--add-modules", "jdk.incubator.vector", "-cp",
          classPath(dl4j, "lstm-bench-peers-dl4j.jar"), "io.github.lstm4j.bench.peers.dl4j.Dl4jPeer"));
    }
    String python = System.getenv("PEERS_PYTHON");
    if (python != null && !python.isBlank()) {
      Path script = root.resolve("lstm-bench/peers/src/main/python/torch_peer.py");
      put(all, "pytorch", List.of(python, script.toString()));
    }
    return all;
  }

  /** What this library needs at run time: the jars of lstm-core and lstm-simd, and of what these depend on. */
  static List<Path> libraryJars() {
    return classPathEntries("lstm-core", "lstm-simd", "jackson-core");
  }

  /** Where the benchmarks' own classes lie. */
  static Path benchJar() {
    return classPathEntries("lstm-bench").getFirst();
  }

  private static List<Path> classPathEntries(String... names) {
    List<Path> found = new ArrayList<>();
    for (String name : names) {
      Arrays.stream(System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator)))
          .map(Path::of)
          .filter(entry -> entry.getFileName().toString().startsWith(name))
          .findFirst()
          .ifPresentOrElse(found::add, () -> {
            throw new IllegalStateException("the class path has no " + name + "; start it with ./lstm bench");
          });
    }
    return found;
  }

  private static void put(Map<String, PeerCommand> all, String name, List<String> command) {
    all.put(name, new PeerCommand(name, command));
  }

  private static Path built(Path root, String module) {
    return root.resolve("lstm-bench").resolve(module).resolve("target").resolve("launcher");
  }

  private static String classPath(Path built, String jar) {
    return built.resolve(jar) + File.pathSeparator + built.resolve("lib").resolve("*");
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
