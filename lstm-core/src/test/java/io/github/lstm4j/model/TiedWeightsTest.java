package io.github.lstm4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.io.SafetensorsException;
import io.github.lstm4j.io.SafetensorsFile;
import io.github.lstm4j.io.SafetensorsWriter;
import io.github.lstm4j.layer.Mode;
import io.github.lstm4j.layer.Noise;
import io.github.lstm4j.layer.Parameter;
import io.github.lstm4j.layer.StepPlan;
import io.github.lstm4j.memory.Tensor;
import io.github.lstm4j.testing.Drawn;
import io.github.lstm4j.testing.ModelBits;
import io.github.lstm4j.testing.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An embedding whose table is the output's weight as well, trained, saved and loaded; whole state_dicts of PyTorch. */
class TiedWeightsTest {
  private static final int ENTRIES = 7;
  private static final int SIZE = 4;

  @TempDir Path folder = Path.of("");

  private static ModelBuilder body() {
    return SequenceModel.builder(1).embedding("embedding", ENTRIES, SIZE, 2).gru("rnn", SIZE, o -> o).seed(3);
  }

  private static SequenceModel tied() {
    return body().tiedLinear("head").build();
  }

  private static Tensor tokens() {
    return Tensor.of(new float[] {1, 2, 6, 1, 0, 3, 3, 5, 6, 4}, 2, 5, 1);
  }

  private static void differentiate(SequenceModel model, boolean throughTheTable) {
    try (ModelPass pass = model.pass(StepPlan.of(2, 5), Mode.TRAINING)) {
      model.parameter("embedding.weight").trainable(throughTheTable);
      model.zeroGradients();
      pass.setInput(tokens());
      pass.forward(Noise.NONE);
      pass.packTarget(Drawn.tensor(9, 2, 5, ENTRIES), pass.outputGradient());
      pass.backward();
    }
  }

  /** The output's use is added first, as backward meets it, then the tokens' one by one: at most 10 more roundings. */
  @Test
  void theGradientIsTheSumOfBothUses() {
    try (SequenceModel one = tied(); SequenceModel two = body().linear("head", ENTRIES).build()) {
      for (Parameter parameter : one.parameters()) {
        two.parameter(parameter.name()).set(parameter.toTensor());
      }
      two.parameter("head.weight").set(one.parameter("embedding.weight").toTensor());
      ModelBits.assertSame(two.predict(tokens()), one.predict(tokens()), "outputs");
      differentiate(one, true);
      differentiate(two, true);
      float[] sum = one.parameter("embedding.weight").gradient().toArray();
      float[] asTable = two.parameter("embedding.weight").gradient().toArray();
      float[] asHead = two.parameter("head.weight").gradient().toArray();
      for (int i = 0; i < sum.length; i++) {
        double size = Math.abs(asTable[i]) + Math.abs(asHead[i]) + 10; // tokens' terms are below 1 here
        assertEquals((double) asTable[i] + asHead[i], sum[i], 10 * 0x1p-24 * size, "element " + i);
      }
      assertEquals(asHead[2 * SIZE], sum[2 * SIZE], "the padding entry has its gradient from the output alone");
      differentiate(one, false);
      for (float value : one.parameter("embedding.weight").gradient().toArray()) {
        assertEquals(0f, value, "a frozen table");
      }
    }
  }

  @Test
  void aFileHoldsOneNameAndMapsTheOther() throws IOException {
    Path file = folder.resolve("m.safetensors");
    try (SequenceModel model = tied()) {
      model.save(file, Map.of());
      try (SafetensorsFile saved = SafetensorsFile.open(file)) {
        assertTrue(saved.names().contains("embedding.weight") && !saved.names().contains("head.weight"));
        assertEquals(Map.of("head.weight", "embedding.weight"), saved.tied());
      }
      try (SequenceModel opened = SequenceModel.open(file)) {
        assertEquals(ModelBits.of(model), ModelBits.of(opened));
        assertEquals(model.toString(), opened.toString());
        ModelBits.assertSame(model.predict(tokens()), opened.predict(tokens()), "outputs");
      }
    }
  }

  /** A state_dict of the tied model, under names that start with a prefix. */
  private Path stateDict(SequenceModel model, String prefix, boolean table, boolean head, boolean mapped)
      throws IOException {
    SafetensorsWriter writer = new SafetensorsWriter();
    for (Parameter parameter : model.parameters()) {
      if (table || !parameter.name().equals("embedding.weight")) {
        writer.tensor(prefix + parameter.name(), parameter.toTensor());
      }
    }
    if (head) {
      writer.tensor(prefix + "head.weight", model.parameter("embedding.weight").toTensor());
    }
    if (mapped) {
      writer.tied(
          prefix + (table ? "head.weight" : "embedding.weight"),
          prefix + (table ? "embedding.weight" : "head.weight"));
    }
    Path file = folder.resolve("state_dict.safetensors");
    writer.write(file);
    return file;
  }

  @ParameterizedTest
  @ValueSource(strings = {"both", "table", "head", "table mapped", "head mapped"})
  void whicheverNameAFileKeptLoads(String kept) throws IOException {
    boolean both = kept.equals("both");
    for (String prefix : List.of("", "model.")) {
      try (SequenceModel source = tied(); SequenceModel target = body().tiedLinear("head").seed(99).build()) {
        Path file =
            stateDict(
                source, prefix, both || kept.startsWith("table"), both || kept.startsWith("head"),
                kept.endsWith("mapped"));
        LoadReport report = target.load(file, prefix.isEmpty() ? Map.of() : Map.of(prefix, ""), true);
        assertEquals(ModelBits.of(source), ModelBits.of(target), kept);
        assertEquals(List.of(), report.missing());
        assertEquals(List.of(), report.unknown());
      }
    }
  }

  /** A file of an untied model: leaving one of its two weights out would give another model, quietly. */
  @Test
  void twoWeightsThatDifferAreNotTied() throws IOException {
    Path file = folder.resolve("untied.safetensors");
    try (SequenceModel untied = body().linear("head", ENTRIES).build(); SequenceModel tied = tied()) {
      untied.save(file, Map.of());
      Map<String, String> before = ModelBits.of(tied);
      Refusal.of(
          IllegalArgumentException.class, () -> tied.load(file, Map.of(), false),
          "head.weight and embedding.weight differ");
      assertEquals(before, ModelBits.of(tied));
    }
  }

  @Test
  void wholeStateDictsLoadForEachCell() throws IOException {
    for (String cell : List.of("lstm", "gru")) {
      ModelBuilder source = SequenceModel.builder(1).embedding("embedding", 5, 3).seed(1);
      ModelBuilder target = SequenceModel.builder(1).embedding("tokens", 5, 3).seed(2);
      boolean lstm = cell.equals("lstm");
      try (SequenceModel from =
              (lstm
                      ? source.lstm("rnn", 4, o -> o.withBidirectional(true))
                      : source.gru("rnn", 4, o -> o.withLayers(2)))
                  .maxOverTime().linear("head", 2).build();
          SequenceModel to =
              (lstm
                      ? target.lstm("rnn", 4, o -> o.withBidirectional(true))
                      : target.gru("rnn", 4, o -> o.withLayers(2)))
                  .maxOverTime().linear("out", 2).build()) {
        SafetensorsWriter writer = new SafetensorsWriter();
        for (Parameter parameter : from.parameters()) {
          writer.tensor("module." + parameter.name(), parameter.toTensor());
        }
        Path file = folder.resolve(cell + ".safetensors");
        writer.write(file);
        to.load(file, Map.of("module.", "", "module.embedding.", "tokens.", "module.head.", "out."), true);
        Tensor tokens = Tensor.of(new float[] {1, 2, 0, 4}, 2, 2, 1);
        ModelBits.assertSame(from.predict(tokens), to.predict(tokens), cell);
      }
    }
  }

  @Test
  void descriptionsThatCanNotBeBuiltAreRefusedAsDamage() throws IOException {
    Path good = folder.resolve("good.safetensors");
    try (SequenceModel model = body().dropout("d", 0.5f).tiedLinear("head").build()) {
      model.save(good, Map.of());
    }
    damaged(good, "\"padding\":2", "\"padding\":7", "padding index 7");
    damaged(good, "\"rate\":0.5", "\"rate\":1.5", "dropout is 1.5");
    damaged(good, "\"rate\":0.5", "\"rate\":\"NaN\"", "dropout is NaN");
    damaged(good, "\"output_size\":7", "\"output_size\":8", "output_size is 8");
    damaged(good, "\"entries\":7", "\"entries\":0", "0 entries");
  }

  private void damaged(Path good, String from, String to, String named) throws IOException {
    Path file = folder.resolve("bad.safetensors");
    try (SafetensorsFile source = SafetensorsFile.open(good)) {
      SafetensorsWriter writer = new SafetensorsWriter();
      String json = String.valueOf(source.metadata().get(Architecture.KEY));
      assertTrue(json.contains(from), json);
      writer.metadata(Architecture.KEY, json.replace(from, to));
      for (String name : source.names()) {
        writer.tensor(name, source.tensor(name));
      }
      writer.write(file);
    }
    Refusal.of(SafetensorsException.class, () -> SequenceModel.open(file).close(), "bad.safetensors", named);
  }

  @Test
  void onlyWhatFitsCanBeTied() {
    Class<IllegalArgumentException> type = IllegalArgumentException.class;
    Refusal.of(type, () -> SequenceModel.builder(3).tiedLinear("head"), "can be tied to an embedding only");
    Refusal.of(
        type, () -> SequenceModel.builder(1).embedding("e", 5, 3).gru("rnn", 4, o -> o).tiedLinear("head"),
        "takes 4 features", "vectors of 3");
  }
}
