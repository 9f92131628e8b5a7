package io.github.lstm4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.lstm4j.io.SafetensorsFile;
import io.github.lstm4j.io.SafetensorsWriter;
import io.github.lstm4j.memory.Tensor;
import io.github.lstm4j.oracle.GoldenFile;
import io.github.lstm4j.oracle.ReferenceCases;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code apply} on reference cases of PyTorch, each its own model and input, and on files that are not right. */
class ApplyTest {
  private static final double LEAST_TOLERANCE = 2e-6;
  private static final String CASE = "lstm-plain.safetensors";

  @TempDir Path folder = Path.of("");

  static Stream<GoldenFile> cases() {
    return ReferenceCases.own().stream().filter(file -> !file.isTrajectory());
  }

  private Path reference(String name) throws IOException {
    try (InputStream in = ReferenceCases.class.getResourceAsStream("/reference/" + name)) {
      return Files.write(folder.resolve(name), Objects.requireNonNull(in, name).readAllBytes());
    }
  }

  private Program apply(Path model, Path input, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "apply", "--model", model.toString(), "--input", input.toString(), "--output",
                folder.resolve("y.safetensors").toString()));
    args.addAll(Arrays.asList(more));
    return Program.run(Engines.standard(), args.toArray(String[]::new));
  }

  @Test
  void thereAreCases() {
    assertTrue(cases().count() >= 12);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void outputsAreThoseOfPyTorch(GoldenFile golden) throws IOException {
    Path file = reference(golden.name());
    Program run = apply(file, file);
    assertEquals(0, run.code(), run.err());
    TreeSet<String> expected = new TreeSet<>(golden.names());
    expected.removeIf(name -> !name.startsWith("out."));
    assertEquals(expected, compare(golden));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradientsAreThoseOfPyTorch(GoldenFile golden) throws IOException {
    Path file = reference(golden.name());
    Program run = apply(file, file, "--grad");
    assertEquals(0, run.code(), run.err());
    TreeSet<String> expected = new TreeSet<>(golden.names());
    expected.removeIf(name -> !name.startsWith("out.") && !name.startsWith("grad."));
    assertEquals(expected, compare(golden));
  }

  /** Compares every tensor that was written; returns their names. */
  private Set<String> compare(GoldenFile golden) throws IOException {
    try (SafetensorsFile written = SafetensorsFile.open(folder.resolve("y.safetensors"))) {
      for (String name : written.names()) {
        String error = golden.metadata("torch_float32_max_abs_error_" + (name.startsWith("out.") ? "out" : "grad"));
        double tolerance = Math.max(2 * Double.parseDouble(error), LEAST_TOLERANCE);
        Tensor tensor = written.tensor(name);
        assertEquals(golden.shape(name), Arrays.stream(tensor.shape()).boxed().toList(), name);
        double[] actual = new double[tensor.data().length];
        for (int i = 0; i < actual.length; i++) {
          actual[i] = tensor.data()[i];
        }
        assertArrayEquals(golden.tensor(name), actual, tolerance, name);
      }
      return new TreeSet<>(written.names());
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void infoReadsACase(GoldenFile golden) throws IOException {
    Program run = Program.run(Engines.standard(), "info", reference(golden.name()).toString());
    assertEquals(0, run.code(), run.err());
    String kind = golden.metadata("cell").toUpperCase(Locale.ROOT);
    assertTrue(run.out().contains("layer: " + kind), run.out());
    assertTrue(run.out().contains("torch_float32_max_abs_error_out: "), run.out());
    golden.names().forEach(name -> assertTrue(run.out().contains("  " + name + " "), name));
  }

  /** A case with changes: a tensor replaced or, where null, left out. */
  private Path changed(String name, Tensor tensor) throws IOException {
    SafetensorsWriter writer = new SafetensorsWriter();
    try (SafetensorsFile file = SafetensorsFile.open(reference(CASE))) {
      for (String each : file.names()) {
        if (!each.equals(name)) {
          writer.tensor(each, file.tensor(each));
        }
      }
    }
    if (tensor.data().length > 0) {
      writer.tensor(name, tensor);
    }
    Path file = folder.resolve("changed.safetensors");
    writer.write(file);
    return file;
  }

  private static final Tensor NONE = Tensor.zeros(0);

  static Stream<Arguments> badTensors() {
    return Stream.of(
        arguments("weight_hh_l0", NONE, "weight_hh_l0"),
        arguments("bias_hh_l0", NONE, "bias_hh_l0 is missing; expected ["),
        arguments("bias_ih_l0", Tensor.zeros(3), "bias_ih_l0 has shape [3]; expected ["),
        arguments("weight_ih_l0", Tensor.zeros(4), "weight_ih_l0 has shape [4]; expected a matrix"),
        arguments("weight_hh_l0", Tensor.zeros(7, 3), "weight_hh_l0 has 7 rows for 3 hidden units; expected"),
        arguments("in.x", NONE, "in.x"),
        arguments("in.x", Tensor.zeros(2, 3, 99), "99"),
        arguments("in.x", Tensor.zeros(5), "[5]"),
        arguments("in.h0", Tensor.zeros(9, 9, 9), "[9, 9, 9]"),
        arguments("in.lengths", Tensor.zeros(1), "in.lengths"));
  }

  @ParameterizedTest
  @MethodSource("badTensors")
  void aTensorThatIsNotRightIsNamed(String name, Tensor tensor, String message) throws IOException {
    Path file = changed(name, tensor);
    refused(apply(file, file), message);
  }

  @Test
  void aSizePastIntIsNamed() throws IOException {
    byte[] header =
        "{\"extra\":{\"dtype\":\"F32\",\"shape\":[0,4294967296],\"data_offsets\":[0,0]}}  "
            .getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + header.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(header.length).put(header);
    Path model = Files.write(folder.resolve("large.safetensors"), bytes.array());
    refused(apply(model, reference(CASE)), "large.safetensors: tensor 'extra' has shape [0, 4294967296]; expected");
  }

  @Test
  void gradientsOfNothingAreRefused() throws IOException {
    Path model = reference(CASE);
    SafetensorsWriter writer = new SafetensorsWriter();
    try (SafetensorsFile file = SafetensorsFile.open(model)) {
      writer.tensor("in.x", file.tensor("in.x"));
    }
    Path input = folder.resolve("x.safetensors");
    writer.write(input);
    refused(apply(model, input, "--grad"), "would write zeros; expected seed.y, seed.hn, seed.cn or some of them");
  }

  @Test
  void lengthsOutOfRangeAreNamed() throws IOException {
    SafetensorsWriter writer = new SafetensorsWriter();
    Path model = reference(CASE);
    try (SafetensorsFile file = SafetensorsFile.open(model)) {
      Tensor x = file.tensor("in.x");
      long[] lengths = new long[x.size(0)];
      Arrays.fill(lengths, 1);
      lengths[0] = 1L << 40;
      writer.tensor("in.x", x).indices("in.lengths", lengths);
    }
    Path input = folder.resolve("x.safetensors");
    writer.write(input);
    refused(apply(model, input), "length");
  }

  @Test
  void filesThatAreNoSafetensorsAreRefused() throws IOException {
    Path model = reference(CASE);
    byte[] good = Files.readAllBytes(model);
    Path zip = Files.write(folder.resolve("m.pt"), new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0, 0, 0, 0, 0});
    refused(apply(zip, model), "m.pt");
    Path cut = Files.write(folder.resolve("cut.safetensors"), Arrays.copyOf(good, good.length - 5));
    refused(apply(model, cut), "cut.safetensors");
    Path text = Files.write(folder.resolve("text"), "not a model, surely".getBytes(StandardCharsets.UTF_8));
    refused(apply(text, model), "text");
    Path empty = Files.createFile(folder.resolve("empty"));
    refused(apply(model, empty), "empty");
    refused(apply(folder, model), folder.toString());
  }

  @Test
  void aCellThatIsNotInTheFileIsRefused() throws IOException {
    Path file = reference(CASE);
    String holds = "changed.safetensors has weight_hh_l0 [32, 8], which holds 4 of them; expected 4 for lstm";
    Path changed = changed("unused", Tensor.zeros(1));
    refused(apply(changed, file, "--cell", "gru"), holds);
    refused(apply(changed, file, "--cell", "rnn"), holds);
    refused(apply(changed, file, "--cell", "rnn", "--nonlinearity", "tanh"), holds);
    refused(apply(file, file, "--nonlinearity", "relu"), "--nonlinearity");
  }

  /** A model of PyTorch's: its parameters alone, without the metadata that tells the activation. */
  private Path parametersOf(GoldenFile golden, String activation) throws IOException {
    SafetensorsWriter writer = new SafetensorsWriter();
    try (SafetensorsFile file = SafetensorsFile.open(reference(golden.name()))) {
      for (String each : file.names()) {
        if (each.startsWith("weight_") || each.startsWith("bias_")) {
          writer.tensor(each, file.tensor(each));
        }
      }
    }
    if (!activation.isEmpty()) {
      writer.metadata("nonlinearity", activation);
    }
    Path file = folder.resolve("model.safetensors");
    writer.write(file);
    return file;
  }

  @ParameterizedTest
  @ValueSource(strings = {"rnn-relu-bi.safetensors", "rnn-tanh-bi-packed.safetensors"})
  void theActivationOfAPlainLayerMustBeTold(String name) throws IOException {
    GoldenFile golden = ReferenceCases.own(name);
    Path input = reference(name);
    String right = golden.metadata("nonlinearity");
    refused(apply(parametersOf(golden, ""), input), "--nonlinearity tanh or --nonlinearity relu");
    refused(apply(parametersOf(golden, "gelu"), input), "--nonlinearity tanh or --nonlinearity relu");
    refused(apply(parametersOf(golden, ""), input, "--nonlinearity", "gelu"), "gelu");
    Program told = apply(parametersOf(golden, ""), input, "--nonlinearity", right, "--cell", "rnn", "--grad");
    assertEquals(0, told.code(), told.err());
    compare(golden);
    // The option is the user's word, so it counts before what a file says.
    Program overruled = apply(parametersOf(golden, right.equals("tanh") ? "relu" : "tanh"), input, "--nonlinearity",
        right);
    assertEquals(0, overruled.code(), overruled.err());
    compare(golden);
  }

  @Test
  void aGruHasNeitherAnActivationNorACellState() throws IOException {
    Path gru = reference("gru-three-layers.safetensors");
    refused(apply(gru, gru, "--nonlinearity", "tanh"), "--nonlinearity");
    refused(apply(gru, gru, "--cell", "lstm"), "--cell is lstm, which has 4 gate blocks");
    SafetensorsWriter writer = new SafetensorsWriter();
    try (SafetensorsFile file = SafetensorsFile.open(gru)) {
      writer.tensor("in.x", file.tensor("in.x")).tensor("in.c0", file.tensor("in.h0"));
    }
    Path input = folder.resolve("c.safetensors");
    writer.write(input);
    refused(apply(gru, input), "c0 was given");
  }

  private void refused(Program run, String named) throws IOException {
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().contains(named), named + " in " + run.err());
    assertEquals(2, run.code(), run.err());
    assertEquals("", run.out());
    try (Stream<Path> files = Files.list(folder)) {
      assertFalse(files.anyMatch(file -> String.valueOf(file.getFileName()).contains("y.safe")), "no output is left");
    }
  }
}
