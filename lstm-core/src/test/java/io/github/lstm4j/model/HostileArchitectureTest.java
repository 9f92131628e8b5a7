package io.github.lstm4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.io.SafetensorsException;
import io.github.lstm4j.io.SafetensorsWriter;
import io.github.lstm4j.memory.Memory;
import io.github.lstm4j.memory.Tensor;
import io.github.lstm4j.testing.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Descriptions of models that somebody got wrong, or means to do harm with: an exception names the file. */
final class HostileArchitectureTest {
  private static final String LSTM =
      "{\"type\":\"lstm\",\"name\":\"rnn\",\"hidden_size\":3,\"num_layers\":1,\"bias\":true,\"dropout\":0.0,"
          + "\"bidirectional\":false,\"proj_size\":0}";

  @TempDir private Path folder;

  private static String layers(String layers) {
    return "{\"input\":2,\"layers\":[" + layers + "]}";
  }

  /** The description of the right model, with a part of it replaced. */
  private static String with(String part, String replacement) {
    assertTrue(LSTM.contains(part), part);
    return layers(LSTM.replace(part, replacement));
  }

  static Stream<Arguments> descriptions() {
    String linear = "{\"type\":\"linear\",\"name\":\"head\",\"bias\":true,\"output_size\":";
    return Stream.of(
        Arguments.of("", "found null where START_OBJECT belongs"),
        Arguments.of("[]", "found START_ARRAY"),
        Arguments.of("{", "Unexpected end-of-input"),
        Arguments.of("{\"layers\":[]}", "found layers where \"input\" belongs"),
        Arguments.of("{\"input\":\"2\",\"layers\":[" + LSTM + "]}", "found VALUE_STRING"),
        Arguments.of("{\"input\":2.5,\"layers\":[" + LSTM + "]}", "found VALUE_NUMBER_FLOAT"),
        Arguments.of("{\"input\":0,\"layers\":[" + LSTM + "]}", "input size is 0"),
        Arguments.of("{\"input\":-2,\"layers\":[" + LSTM + "]}", "input size is -2"),
        Arguments.of(
            "{\"input\":2147483647,\"layers\":[" + LSTM + "]}", "expected weights of at most 2147483647 elements"),
        Arguments.of("{\"input\":99999999999,\"layers\":[" + LSTM + "]}", "out of range"),
        Arguments.of("{\"input\":3,\"layers\":[" + LSTM + "]}", "has shape [12, 2], expected [12, 3]"),
        Arguments.of("{\"input\":2}", "where \"layers\" belongs"),
        Arguments.of("{\"input\":2,\"layers\":{}}", "found START_OBJECT where START_ARRAY belongs"),
        Arguments.of(layers(""), "no layers"),
        Arguments.of(layers("5"), "found VALUE_NUMBER_INT"),
        Arguments.of(layers(LSTM + ",5"), "found VALUE_NUMBER_INT"),
        Arguments.of(layers(LSTM) + "{}", "goes on after"),
        Arguments.of("{\"input\":2,\"layers\":[" + LSTM + "],\"more\":1}", "found FIELD_NAME"),
        Arguments.of("{\"input\":2,\"layers\":[" + LSTM, "Unexpected end-of-input"),
        Arguments.of(layers("{}"), "lacks \"type\""),
        Arguments.of(layers("{\"type\":[]}"), "\"type\" holds START_ARRAY"),
        Arguments.of(with("lstm", "transformer"), "unknown layer type \"transformer\""),
        Arguments.of(with("lstm", "\\u001b[2J"), "\"type\" holds a control character"),
        Arguments.of(with("\"type\":\"lstm\",", ""), "lacks \"type\""),
        Arguments.of(with("\"name\":\"rnn\",", ""), "lacks \"name\""),
        Arguments.of(with("\"hidden_size\":3,", ""), "lacks \"hidden_size\""),
        Arguments.of(with("\"num_layers\":1,", ""), "lacks \"num_layers\""),
        Arguments.of(with("\"bias\":true,", ""), "lacks \"bias\""),
        Arguments.of(with(",\"proj_size\":0", ""), "lacks \"proj_size\""),
        Arguments.of(with("\"proj_size\":0", "\"proj_size\":0,\"proj_size\":0"), "Duplicate field"),
        Arguments.of(with("\"proj_size\":0", "\"proj_size\":0,\"layer_norm\":true"), "unknown entries [layer_norm]"),
        Arguments.of(with("_size\":3", "_size\":0"), "hidden_size is 0"),
        Arguments.of(with("_size\":3", "_size\":-3"), "hidden_size is -3"),
        Arguments.of(with("_size\":3", "_size\":null"), "hidden_size is null"),
        Arguments.of(with("_size\":3", "_size\":3.0"), "hidden_size is 3.0"),
        Arguments.of(with("_size\":3", "_size\":99999999999999999999"), "hidden_size is 99999999999999999999"),
        Arguments.of(with("_size\":3", "_size\":2000000000"), "expected weights of at most 2147483647 elements"),
        Arguments.of(with("_size\":3", "_size\":15000"), "rnn.weight_hh_l0 has shape [12, 3], expected [60000, 15000]"),
        Arguments.of(with("_layers\":1", "_layers\":0"), "num_layers is 0"),
        Arguments.of(with("_layers\":1", "_layers\":-1"), "num_layers is -1"),
        Arguments.of(with("_layers\":1", "_layers\":2000000000"), "num_layers is 2000000000"),
        Arguments.of(with("_layers\":1", "_layers\":2"), "missing: rnn.weight_ih_l1"),
        Arguments.of(with("\"bias\":true", "\"bias\":\"yes\""), "bias is yes"),
        Arguments.of(with("\"bias\":true", "\"bias\":false"), "unknown: rnn.bias"),
        Arguments.of(with("dropout\":0.0", "dropout\":\"much\""), "dropout is much"),
        Arguments.of(with("dropout\":0.0", "dropout\":\"NaN\""), "dropout is NaN"),
        Arguments.of(with("dropout\":0.0", "dropout\":1.5"), "dropout is 1.5"),
        Arguments.of(with("directional\":false", "directional\":1"), "bidirectional is 1"),
        Arguments.of(with("proj_size\":0", "proj_size\":3"), "proj_size is 3"),
        Arguments.of(layers(LSTM + "," + LSTM), "two layers are named"),
        Arguments.of(layers("{\"type\":\"last_step\"}," + LSTM), "stands above a pooling"),
        Arguments.of(layers(LSTM + "," + linear + "1}"), "missing: head.weight, head.bias"),
        Arguments.of(layers(LSTM + "," + linear + "-1}"), "linear layer head."),
        Arguments.of(layers(LSTM + "," + linear + "2000000000}"), "missing: head.weight"),
        Arguments.of(layers("{\"type\":\"last_step\"},".repeat(1_000) + LSTM), "more than 1000 layers"),
        Arguments.of("[".repeat(5_000), "found START_ARRAY"));
  }

  private Path file(String description) throws IOException {
    Path file = folder.resolve("m.safetensors");
    new SafetensorsWriter()
        .metadata(Architecture.KEY, description)
        .tensor("rnn.weight_ih_l0", Tensor.zeros(12, 2))
        .tensor("rnn.weight_hh_l0", Tensor.zeros(12, 3))
        .tensor("rnn.bias_ih_l0", Tensor.zeros(12))
        .tensor("rnn.bias_hh_l0", Tensor.zeros(12))
        .write(file);
    return file;
  }

  @ParameterizedTest
  @MethodSource("descriptions")
  void isRefused(String description, String message) throws IOException {
    long before = Memory.liveBytes();
    Path file = file(description);
    Refusal.of(SafetensorsException.class, () -> SequenceModel.open(file), file.toString(), message);
    assertEquals(before, Memory.liveBytes());
  }

  @Test
  void theRightOneOpens() throws IOException {
    try (SequenceModel model = SequenceModel.open(file(layers(LSTM)))) {
      assertEquals("[LSTM(2, 3)]", model.toString());
    }
  }
}
