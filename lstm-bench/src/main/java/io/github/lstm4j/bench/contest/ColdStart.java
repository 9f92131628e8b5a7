package io.github.lstm4j.bench.contest;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** From launching java to the end of the first inference, again and again, and how large what it needs is. */
final class ColdStart {
  private static final int STARTS = 11;

  private final Path root;

  ColdStart(Path root) {
    this.root = root;
  }

  /** Measures and says so in a few lines. */
  String measure() throws IOException {
    List<Path> jars = PeerCommand.libraryJars();
    StringBuilder text = new StringBuilder();
    long bytes = 0;
    for (Path jar : jars) {
      bytes += Files.size(jar);
    }
    text.append(String.format(Locale.ROOT, "jars: %.2f MB (%s)%n", bytes / 1e6, names(jars)));
    text.append(median("as it is, @jdk-flags.txt", List.of(), jars));
    try (TemporaryFolder scratch = new TemporaryFolder()) {
      Path archive = scratch.path().resolve("lstm4j.jsa");
      start(List.of("-XX:ArchiveClassesAtExit=" + archive, "-Xlog:cds=off", "-Xlog:cds+dynamic=off"), jars);
      text.append(median("with a class archive", List.of("-XX:SharedArchiveFile=" + archive), jars));
      Path cache = scratch.path().resolve("lstm4j.aot");
      start(List.of("-XX:AOTCacheOutput=" + cache), jars);
      text.append(median("with an AOT cache", List.of("-XX:AOTCache=" + cache), jars));
    }
    return text.toString();
  }

  private String median(String title, List<String> flags, List<Path> jars) throws IOException {
    double[] millis = new double[STARTS];
    String inside = "";
    for (int i = 0; i < STARTS; i++) {
      long begin = System.nanoTime();
      inside = start(flags, jars);
      millis[i] = Long.parseLong(inside.split(" ", 2)[0]) - begin;
      millis[i] /= 1e6;
    }
    Arrays.sort(millis);
    return String.format(
        Locale.ROOT, "%-26s median %.0f ms of %d starts, %.0f to %.0f; inside the last: %s%n", title,
        millis[STARTS / 2], STARTS, millis[0], millis[STARTS - 1], inside.split(" ", 2)[1]);
  }

  /**
   * Starts a JVM and reads the one line it prints when the inference is done: nanoTime there, and what took how long.
   */
  private String start(List<String> flags, List<Path> jars) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + root.resolve("jdk-flags.txt"));
    command.addAll(flags);
    command.add("-cp");
    command.add(String.join(File.pathSeparator, jars.stream().map(Path::toString).toList()) + File.pathSeparator
        + PeerCommand.benchJar());
    command.add("io.github.lstm4j.bench.peer.FirstInference");
    Process process = new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("= ")) {
          process.waitFor();
          return line.substring(2);
        }
      }
      throw new IOException("the process ended without an inference: " + String.join(" ", command));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static String names(List<Path> jars) {
    return String.join(", ", jars.stream().map(jar -> jar.getFileName().toString()).toList());
  }
}
