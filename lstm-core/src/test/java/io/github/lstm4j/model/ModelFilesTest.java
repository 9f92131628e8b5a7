package io.github.lstm4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lstm4j.io.SafetensorsException;
import io.github.lstm4j.io.SafetensorsFile;
import io.github.lstm4j.io.SafetensorsWriter;
import io.github.lstm4j.memory.Memory;
import io.github.lstm4j.memory.Tensor;
import io.github.lstm4j.testing.Drawn;
import io.github.lstm4j.testing.ModelBits;
import io.github.lstm4j.testing.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models to files and back, and weights of others. */
final class ModelFilesTest {
  private final long before = Memory.liveBytes();

  @TempDir private Path folder;

  @AfterEach
  void nothingLeaks() {
    assertEquals(before, Memory.liveBytes());
  }

  private static SequenceModel small(long seed) {
    return SequenceModel.builder(2).lstm("rnn", 3, o -> o).linear("head", 1).seed(seed).build();
  }

  /** The tensors of {@link #small}, under a prefix. */
  private static SafetensorsWriter weights(String prefix, long seed) {
    return new SafetensorsWriter()
        .tensor(prefix + "rnn.weight_ih_l0", Drawn.tensor(seed, 12, 2))
        .tensor(prefix + "rnn.weight_hh_l0", Drawn.tensor(seed + 1, 12, 3))
        .tensor(prefix + "rnn.bias_ih_l0", Drawn.tensor(seed + 2, 12))
        .tensor(prefix + "rnn.bias_hh_l0", Drawn.tensor(seed + 3, 12))
        .tensor(prefix + "head.weight", Drawn.tensor(seed + 4, 1, 3));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aModelComesBackWithTheSameBits() throws IOException {
    Path file = folder.resolve("m.safetensors");
    Tensor x = Drawn.tensor(3, 2, 5, 3);
    try (SequenceModel model =
        SequenceModel.builder(3)
            .lstm("enc", 6, o -> o.withLayers(2).withBidirectional(true).withProjSize(4).withDropout(0.25f))
            .lstm("dec", 5, o -> o.withBias(false))
            .gru("gru", 4)
            .rnn("rnn", 4, o -> o)
            .dropout("drop", 0.5f)
            .linear("bare", 3, false)
            .lastStep()
            .linear("head", 2)
            .seed(5)
            .build()) {
      model.parameter("head.bias").value().set(0, 0, -0f);
      model.parameter("head.bias").changed();
      model.save(file, Map.of("scaler", "{\"mean\": 1}", "note", "ünï"));
      try (SequenceModel opened = SequenceModel.open(file);
          SequenceModel threaded = SequenceModel.open(file, 3);
          SafetensorsFile tensors = SafetensorsFile.open(file)) {
        assertEquals(ModelBits.of(model), ModelBits.of(opened));
        assertEquals(model.toString(), opened.toString());
        assertEquals(model.summary(), opened.summary());
        ModelBits.assertSame(model.predict(x), opened.predict(x), "opened");
        ModelBits.assertSame(model.predict(x), threaded.predict(x), "opened on three threads");
        assertEquals("{\"mean\": 1}", tensors.metadata().get("scaler"));
        assertEquals("ünï", tensors.metadata().get("note"));
        assertEquals(3, tensors.metadata().size());
        Path again = folder.resolve("again.safetensors");
        opened.save(again, Map.of("scaler", "{\"mean\": 1}", "note", "ünï"));
        assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(again), "a file of the same model");
      }
    }
  }

  @Test
  void aSaveThatFailsLeavesTheOldFile() throws IOException {
    Path file = folder.resolve("m.safetensors");
    SequenceModel model = small(1);
    model.save(file, Map.of());
    byte[] old = Files.readAllBytes(file);
    Refusal.of(
        IllegalArgumentException.class, () -> model.save(file, Map.of(Architecture.KEY, "mine")), Architecture.KEY);
    Refusal.of(NoSuchFileException.class, () -> model.save(folder.resolve("no/m.safetensors"), Map.of()), "no");
    model.close();
    Refusal.of(IllegalStateException.class, () -> model.save(file, Map.of()), "closed");
    assertArrayEquals(old, Files.readAllBytes(file));
    assertEquals(List.of("m.safetensors"), files());
  }

  @Test
  void openSaysWhatIsMissing() throws IOException {
    Path file = folder.resolve("w.safetensors");
    weights("", 1).write(file);
    Refusal.of(SafetensorsException.class, () -> SequenceModel.open(file), "w.safetensors", "no description", "load");
    Refusal.of(NoSuchFileException.class, () -> SequenceModel.open(folder.resolve("x")), "no such file");
  }

  @Test
  void openRefusesNoThreads() throws IOException {
    Path file = folder.resolve("m.safetensors");
    try (SequenceModel model = small(1)) {
      model.save(file, Map.of());
    }
    Refusal.of(IllegalArgumentException.class, () -> SequenceModel.open(file, 0), "threads is 0");
  }

  @Test
  void aStateDictLoads() throws IOException {
    Path file = folder.resolve("w.safetensors");
    weights("", 20).tensor("head.bias", Drawn.tensor(25, 1)).write(file);
    Tensor x = Drawn.tensor(3, 2, 5, 2);
    try (SequenceModel model = small(1)) {
      Tensor old = model.predict(x);
      model.load(file);
      ModelBits.assertSame(Drawn.tensor(21, 12, 3), model.parameter("rnn.weight_hh_l0").toTensor(), "weight");
      assertEquals(false, Float.floatToIntBits(old.data()[0]) == Float.floatToIntBits(model.predict(x).data()[0]));
      Path own = folder.resolve("own.safetensors");
      model.save(own, Map.of());
      try (SequenceModel other = small(2)) {
        other.load(own); // a file with a description is a file of weights too
        ModelBits.assertSame(model.predict(x), other.predict(x), "loaded");
      }
    }
  }

  @Test
  void theLongestPrefixCounts() throws IOException {
    Path file = folder.resolve("w.safetensors");
    weights("net.body.", 20)
        .tensor("net.out.bias", Drawn.tensor(25, 1))
        .tensor("net.body.extra", Drawn.tensor(26, 2))
        .write(file);
    try (SequenceModel model = small(1)) {
      LoadReport report =
          model.load(file, Map.of("net.", "x.", "net.body.", "", "net.out.", "head.", "other.", "rnn."), false);
      assertEquals(model.parameters().stream().map(p -> p.name()).toList(), report.loaded());
      assertEquals(List.of(), report.missing());
      assertEquals(List.of("net.body.extra"), report.unknown());
      ModelBits.assertSame(Drawn.tensor(25, 1), model.parameter("head.bias").toTensor(), "bias");
      Refusal.of(
          IllegalArgumentException.class,
          () -> model.load(file, Map.of("net.body.", "", "net.out.", "head."), true), "unknown: net.body.extra");
    }
  }

  @Test
  void whatIsMissingStays() throws IOException {
    Path file = folder.resolve("w.safetensors");
    weights("", 20).write(file);
    try (SequenceModel model = small(1)) {
      String bias = String.valueOf(ModelBits.of(model).get("head.bias"));
      Refusal.of(IllegalArgumentException.class, () -> model.load(file), "w.safetensors", "missing: head.bias");
      LoadReport report = model.load(file, Map.of(), false);
      assertEquals(List.of("head.bias"), report.missing());
      assertEquals(bias, ModelBits.of(model).get("head.bias"));
      assertEquals(5, report.loaded().size());
    }
  }

  @Test
  void everyCulpritIsNamedAndNothingChanges() throws IOException {
    Path file = folder.resolve("w.safetensors");
    new SafetensorsWriter()
        .tensor("rnn.weight_ih_l0", Drawn.tensor(1, 12, 2))
        .tensor("rnn.weight_hh_l0", Drawn.tensor(1, 3, 12))
        .tensor("rnn.bias_ih_l0", Drawn.tensor(1, 1, 12))
        .indices("head.weight", new long[3], 1, 3)
        .tensor("a.rnn.weight_ih_l0", Drawn.tensor(1, 12, 2))
        .tensor("strange", Drawn.tensor(1, 1))
        .write(file);
    try (SequenceModel model = small(1)) {
      Map<String, String> old = ModelBits.of(model);
      Refusal.of(
          IllegalArgumentException.class,
          () -> model.load(file, Map.of("a.", ""), true),
          "rnn.weight_hh_l0 has shape [3, 12], expected [12, 3]",
          "rnn.bias_ih_l0 has shape [1, 12], expected [12]",
          "head.weight has dtype I64",
          "both become rnn.weight_ih_l0",
          "missing: rnn.bias_hh_l0, head.bias",
          "unknown: strange");
      Refusal.of(
          IllegalArgumentException.class, () -> model.load(file, Map.of(), false), "rnn.weight_hh_l0", "head.weight");
      assertEquals(old, ModelBits.of(model));
    }
  }
}
