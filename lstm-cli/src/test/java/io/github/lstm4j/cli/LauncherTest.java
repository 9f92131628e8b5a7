package io.github.lstm4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs a copy of the launcher, in a folder with spaces, against JDKs that are only scripts. */
class LauncherTest {
  @TempDir Path folder = Path.of("");
  private Path launcher = Path.of("");

  /**
   * Copies the launcher, without the folders of a machine where JDKs are really installed, but with one of the test's
   * own.
   */
  @BeforeEach
  void copy() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "the launcher needs a POSIX shell");
    Path original = Path.of("..", "lstm").toAbsolutePath().normalize();
    String script = Files.readString(original);
    script = script.replace("/usr/lib/jvm/*", "\"$root\"/jvm/*").replace("/opt/j", "/none/j");
    launcher = Files.createDirectories(folder.resolve("my project")).resolve("lstm");
    Files.writeString(launcher, script);
    assertTrue(launcher.toFile().setExecutable(true));
  }

  private Path jdk(String name, String version, boolean release) throws IOException {
    Path home = folder.resolve("my project").resolve(name);
    Path bin = Files.createDirectories(home.resolve("bin"));
    for (String tool : List.of("java", "javac")) {
      Path file = Files.writeString(bin.resolve(tool), "#!/bin/sh\necho 'openjdk version \"" + version + "\"' >&2\n");
      assertTrue(file.toFile().setExecutable(true));
    }
    if (release) {
      Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    }
    return home;
  }

  private record Result(int code, String output) {}

  private Result run(String javaHome, String... arguments) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder();
    builder.command().add(launcher.toString());
    builder.command().addAll(List.of(arguments));
    builder.environment().clear();
    builder.environment().put("HOME", folder.resolve("home").toString());
    builder.environment().put("PATH", tools().toString());
    if (!javaHome.isEmpty()) {
      builder.environment().put("JAVA_HOME", javaHome);
    }
    Process process = builder.directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }

  /** A PATH with the tools that the script uses and neither java nor mvn. */
  private Path tools() throws IOException {
    Path bin = Files.createDirectories(folder.resolve("tools"));
    for (String tool : List.of("sed", "head", "dirname", "readlink", "cat", "find", "mkdir")) {
      Path script = bin.resolve(tool);
      // Not a link: JUnit warns of each that points out of its folder.
      Files.writeString(script, "#!/bin/sh\nPATH=/usr/bin:/bin exec " + tool + " \"$@\"\n");
      assertTrue(script.toFile().setExecutable(true));
    }
    return bin;
  }

  @Test
  void withoutAJdkItSaysHowToGetOne() throws IOException, InterruptedException {
    Result result = run("", "forecast");
    assertEquals(1, result.code());
    assertTrue(result.output().startsWith("lstm: no JDK 25 or later found. Install one"), result.output());
    assertTrue(result.output().contains("apt-get install") && result.output().contains("sdk install"), result.output());
  }

  @ParameterizedTest
  @CsvSource({"17.0.15, 17", "1.8.0_402, 8", "24-ea, 24", "9, 9"})
  void olderOnesAreNamed(String version, String feature) throws IOException, InterruptedException {
    jdk("jvm/old", version, true);
    Result result = run("", "forecast");
    assertEquals(1, result.code());
    assertTrue(
        result.output().startsWith("lstm: no JDK 25 or later found (the newest found is " + feature + ")"),
        result.output());
  }

  @ParameterizedTest
  @CsvSource({"25, true", "25.0.3, true", "25-ea, true", "26.0.1, true", "100, true", "25.0.1, false"})
  void newerOnesServe(String version, boolean release) throws IOException, InterruptedException {
    jdk("jvm/a-17", "17.0.1", true);
    Path home = jdk("jvm/new one", version, release);
    assertEquals(new Result(0, home.toRealPath() + "\n"), run("", "--print-jdk"));
  }

  @Test
  void javaHomeComesFirstIfItIsNewEnough() throws IOException, InterruptedException {
    Path found = jdk("jvm/found", "25", true);
    Path told = jdk("elsewhere/told", "26", true);
    Path old = jdk("elsewhere/old", "21", true);
    assertEquals(told + "\n", run(told.toString(), "--print-jdk").output());
    assertEquals(found.toRealPath() + "\n", run(old.toString(), "--print-jdk").output());
  }

  @Test
  void aJreIsNotEnoughToBuild() throws IOException, InterruptedException {
    Path home = jdk("jvm/jre", "25", true);
    Files.delete(home.resolve("bin/javac"));
    assertEquals(1, run("", "--print-jdk").code());
  }

  @Test
  void withoutMavenItSaysHowToGetIt() throws IOException, InterruptedException {
    jdk("jvm/new", "25", true);
    Result result = run("", "forecast");
    assertEquals(1, result.code());
    assertTrue(result.output().startsWith("lstm: no Maven (mvn) found on the PATH, and there is"), result.output());
  }

  @Test
  void anOldMavenIsNamed() throws IOException, InterruptedException {
    jdk("jvm/new", "25", true);
    Path maven = Files.writeString(tools().resolve("mvn"), "#!/bin/sh\necho 'Apache Maven 3.6.3 (x)'\n");
    assertTrue(maven.toFile().setExecutable(true));
    Result result = run("", "forecast");
    assertEquals(1, result.code());
    assertTrue(result.output().startsWith("lstm: Maven is 3.6.3, too old"), result.output());
  }

  @Test
  void symbolicLinksAreFollowed() throws IOException, InterruptedException {
    Path home = jdk("jvm/new", "25", true);
    Path link = Files.createSymbolicLink(folder.resolve("a link"), launcher);
    launcher = link;
    assertEquals(new Result(0, home.toRealPath() + "\n"), run("", "--print-jdk"));
  }
}
