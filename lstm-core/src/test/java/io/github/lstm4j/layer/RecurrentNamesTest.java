package io.github.lstm4j.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.oracle.OracleCase;
import io.github.lstm4j.oracle.OracleCases;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import io.github.lstm4j.testing.Refusal;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Options read off names and shapes: those the names came from, or a message that names what does not fit. */
class RecurrentNamesTest {
  @Provide
  Arbitrary<OracleCase> cases() {
    return OracleCases.any();
  }

  private static Map<String, List<Integer>> shapes(RecurrentOptions options, String prefix) {
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    options.parameters(prefix).forEach(spec -> shapes.put(spec.name(), spec.shape()));
    return shapes;
  }

  @Property(tries = 200)
  void namesAndShapesTellTheOptions(@ForAll("cases") OracleCase values, @ForAll boolean named) {
    RecurrentOptions options = CaseRun.options(values.config());
    String prefix = named ? "encoder.rnn." : "";
    Map<String, List<Integer>> shapes = shapes(options, prefix);
    shapes.put("head.weight", List.of(1, 2));
    assertEquals(options, RecurrentNames.infer(shapes, prefix, options.cell()));
    assertEquals(options.cell().gates(), RecurrentNames.gates(shapes, prefix));
    if (options.cell().gates() > 1) {
      assertEquals(options, RecurrentNames.infer(shapes, prefix, null));
    } else { // no tensor tells tanh from relu
      Refusal.of(
          IllegalArgumentException.class, () -> RecurrentNames.infer(shapes, prefix, null), prefix + "weight_hh_l0",
          "tanh or relu");
    }
  }

  /** PyTorch's names and shapes for nn.LSTM(3, 5, num_layers=2, bidirectional=True, proj_size=2). */
  @Test
  void namesAndShapesArePyTorchs() {
    RecurrentOptions options =
        RecurrentOptions.of(CellKind.LSTM, 3, 5).withLayers(2).withBidirectional(true).withProjSize(2);
    assertEquals(
        "[weight_ih_l0[20, 3], weight_hh_l0[20, 2], bias_ih_l0[20], bias_hh_l0[20], weight_hr_l0[2, 5],"
            + " weight_ih_l0_reverse[20, 3], weight_hh_l0_reverse[20, 2], bias_ih_l0_reverse[20],"
            + " bias_hh_l0_reverse[20], weight_hr_l0_reverse[2, 5],"
            + " weight_ih_l1[20, 4], weight_hh_l1[20, 2], bias_ih_l1[20], bias_hh_l1[20], weight_hr_l1[2, 5],"
            + " weight_ih_l1_reverse[20, 4], weight_hh_l1_reverse[20, 2], bias_ih_l1_reverse[20],"
            + " bias_hh_l1_reverse[20], weight_hr_l1_reverse[2, 5]]",
        options.parameters("").stream().map(spec -> spec.name() + spec.shape()).toList().toString());
  }

  /** PyTorch's names and shapes for nn.GRU(3, 5, bidirectional=True, bias=False) and nn.RNN(3, 5). */
  @Test
  void namesAndShapesOfOtherCells() {
    RecurrentOptions gru = RecurrentOptions.of(CellKind.GRU, 3, 5).withBias(false).withBidirectional(true);
    assertEquals(
        "[weight_ih_l0[15, 3], weight_hh_l0[15, 5], weight_ih_l0_reverse[15, 3], weight_hh_l0_reverse[15, 5]]",
        gru.parameters("").stream().map(spec -> spec.name() + spec.shape()).toList().toString());
    assertEquals(
        "[weight_ih_l0[5, 3], weight_hh_l0[5, 5], bias_ih_l0[5], bias_hh_l0[5]]",
        RecurrentOptions.of(CellKind.RNN_RELU, 3, 5).parameters("").stream()
            .map(spec -> spec.name() + spec.shape()).toList().toString());
  }

  /** The shapes of one cell read as another's. */
  @Test
  void anotherCellThanTheShapesSayIsRefused() {
    for (CellKind kind : CellKind.values()) {
      Map<String, List<Integer>> shapes = shapes(RecurrentOptions.of(kind, 3, 5), "");
      for (CellKind told : CellKind.values()) {
        if (told.gates() != kind.gates()) {
          Refusal.of(
              IllegalArgumentException.class, () -> RecurrentNames.infer(shapes, "", told),
              "weight_ih_l0 has shape [" + 5 * kind.gates() + ", 3]; expected [" + 5 * told.gates() + ", 3]");
        }
      }
    }
    Map<String, List<Integer>> two = Map.of("weight_ih_l0", List.of(10, 3), "weight_hh_l0", List.of(10, 5));
    Refusal.of(
        IllegalArgumentException.class, () -> RecurrentNames.infer(two, "", null), "weight_hh_l0 has 10 rows for 5");
  }

  static List<Arguments> damages() {
    return List.of(
        damage(s -> s.remove("weight_ih_l0"), "no tensor weight_ih_l0"),
        damage(s -> s.remove("weight_hh_l1"), "weight_hh_l1 is missing"),
        damage(s -> s.remove("bias_ih_l0"), "bias_ih_l0 is missing"),
        damage(s -> s.remove("bias_hh_l1"), "bias_hh_l1 is missing"),
        damage(s -> s.remove("weight_ih_l0_reverse"), "weight_ih_l0_reverse is missing"),
        damage(s -> s.remove("weight_ih_l1"), "weight_hh_l1"),
        damage(s -> s.remove("weight_hr_l0"), "weight_hh_l0"),
        damage(s -> s.remove("weight_hr_l1_reverse"), "weight_hr_l1_reverse is missing"),
        damage(s -> s.put("weight_ih_l1", List.of(20, 3)), "weight_ih_l1 has shape [20, 3]; expected [20, 4]"),
        damage(s -> s.put("bias_ih_l0", List.of(1, 20)), "bias_ih_l0 has shape [1, 20]; expected [20]"),
        damage(s -> s.put("weight_ih_l0", List.of(20)), "weight_ih_l0 has shape [20]; expected a matrix"),
        damage(s -> s.put("weight_hh_l0", List.of(20, 0)), "weight_hh_l0 has shape [20, 0]"),
        damage(s -> s.put("weight_hh_l0", List.of(15, 2)), "weight_hh_l0 has 15 rows for 5 hidden units"),
        damage(s -> s.put("weight_hr_l0", List.of(5, 5)), "weight_hr_l0 has shape [5, 5]; expected [2, 5]"),
        damage(s -> s.put("weight_hh_l3", List.of(20, 2)), "weight_hh_l3: no place in a LSTM with num_layers 2"));
  }

  private static Arguments damage(Consumer<Map<String, List<Integer>>> change, String named) {
    return Arguments.of(change, named);
  }

  @ParameterizedTest
  @MethodSource("damages")
  void whatDoesNotFitIsNamed(Consumer<Map<String, List<Integer>>> change, String named) {
    Map<String, List<Integer>> shapes =
        shapes(
            RecurrentOptions.of(CellKind.LSTM, 3, 5).withLayers(2).withBidirectional(true).withProjSize(2), "");
    change.accept(shapes);
    @Nullable String message =
        assertThrows(IllegalArgumentException.class, () -> RecurrentNames.infer(shapes, "", null)).getMessage();
    assertTrue(message != null && message.contains(named), () -> "expected \"" + named + "\" in: " + message);
  }
}
