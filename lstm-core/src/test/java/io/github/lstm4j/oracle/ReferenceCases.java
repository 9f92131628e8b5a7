package io.github.lstm4j.oracle;

import io.github.lstm4j.testing.SharedData;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The stored reference cases: our own, always there, and the larger shared set where it lies beside the project. */
public final class ReferenceCases {
  private static final String FOLDER = "/reference/";

  private ReferenceCases() {}

  /**
   * Our own cases, from the resources; src/test/python/reference_cases.py made them and their index.
   *
   * @return all, trajectories too
   */
  public static List<GoldenFile> own() {
    String index = new String(resource("index.txt"), StandardCharsets.UTF_8);
    return index.lines().map(ReferenceCases::own).toList();
  }

  /**
   * One of our own files, in the index or not.
   *
   * @param name such as lstm-plain.safetensors
   * @return the file
   */
  public static GoldenFile own(String name) {
    return parse(name, resource(name));
  }

  private static byte[] resource(String name) {
    try (InputStream in = ReferenceCases.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + FOLDER + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("resource " + FOLDER + name, e);
    }
  }

  /**
   * The shared cases.
   *
   * @return all, trajectories too; empty where there is no such folder
   */
  public static List<GoldenFile> shared() {
    Optional<Path> folder = SharedData.golden();
    if (folder.isEmpty()) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder.get())) {
      List<GoldenFile> cases = new ArrayList<>();
      for (Path file : files.sorted(Comparator.comparing(Path::toString)).toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".safetensors")) {
          cases.add(parse(name, Files.readAllBytes(file)));
        }
      }
      return cases;
    } catch (IOException e) {
      throw new UncheckedIOException(folder.get().toString(), e);
    }
  }

  private static GoldenFile parse(String name, byte[] bytes) {
    try {
      return new GoldenFile(name, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
