package io.github.lstm4j.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds the folder {@code shared} beside the project's root, where reference cases and data sets lie on some machines.
 * Tests that use it assume its presence: {@code assumeTrue(SharedData.golden().isPresent(), SharedData.ABSENT)}.
 */
public final class SharedData {
  /** What a skipped test says. */
  public static final String ABSENT = "needs ../shared beside the project's root, which is not on this machine";

  /** A file that only the project's root has. */
  private static final String ROOT_MARKER = "jdk-flags.txt";

  private SharedData() {}

  /** The folder of reference cases that PyTorch computed, as safetensors files. */
  public static Optional<Path> golden() {
    return folder("golden");
  }

  /** The folder of series, texts and sequences. */
  public static Optional<Path> data() {
    return folder("data");
  }

  private static Optional<Path> folder(String name) {
    // Tests run in their module's folder, in an editor also in the root's.
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve(ROOT_MARKER))) {
        return Optional.of(folder.resolveSibling("shared").resolve(name)).filter(Files::isDirectory);
      }
    }
    return Optional.empty();
  }
}
