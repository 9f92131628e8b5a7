package io.github.lstm4j.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.data.BatchSource;
import io.github.lstm4j.layer.CellKind;
import io.github.lstm4j.layer.Parameter;
import io.github.lstm4j.layer.RecurrentOptions;
import io.github.lstm4j.loss.MeanSquaredError;
import io.github.lstm4j.model.SequenceModel;
import io.github.lstm4j.testing.Refusal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/** Parameters with an optimizer and a rate of their own, frozen ones, and settings that no optimizer has. */
class ParameterGroupTest {
  /** The parameters after some updates of plain SGD, whose step is the rate times the gradient, and before. */
  private static Map<String, float[]> trained(int updates, UnaryOperator<TrainerOptions> options) {
    return trained(updates, options, "");
  }

  private static Map<String, float[]> trained(int updates, UnaryOperator<TrainerOptions> options, String frozen) {
    try (SequenceModel model =
        SequenceModel.builder(2).gru("rnn", 4, o -> o).linear("head", 1).seed(4).build()) {
      model.parameters().stream().filter(p -> !frozen.isEmpty() && p.name().startsWith(frozen))
          .forEach(p -> p.trainable(false));
      TrainerOptions made = new TrainerOptions(new MeanSquaredError()).rate(0.1).optimizer(Sgd.Options.DEFAULT);
      if (updates > 0) {
        made.updates(updates);
        new Trainer(model, options.apply(made)).fit(BatchSource.of(List.of(Toy.batch(1, 3, 4))));
      }
      Map<String, float[]> values = new LinkedHashMap<>();
      model.parameters().forEach(p -> values.put(p.name(), p.value().toArray()));
      return values;
    }
  }

  private static void assertSame(Map<String, float[]> expected, Map<String, float[]> actual, String... names) {
    for (String name : names) {
      assertArrayEquals(expected.get(name), actual.get(name), name);
    }
  }

  @Test
  void biasesGoWithoutDecay() {
    Sgd.Options decaying = new Sgd.Options(0, 0, 0.1, false);
    Map<String, float[]> plain = trained(1, o -> o);
    Map<String, float[]> decayed = trained(1, o -> o.optimizer(decaying));
    Map<String, float[]> grouped =
        trained(1, o -> o.optimizer(decaying).group(ParameterGroup.biases(Sgd.Options.DEFAULT)));
    assertSame(plain, grouped, "rnn.bias_ih_l0", "rnn.bias_hh_l0", "head.bias");
    assertSame(decayed, grouped, "rnn.weight_ih_l0", "rnn.weight_hh_l0", "head.weight");
    assertFalse(Arrays.equals(plain.get("head.weight"), grouped.get("head.weight")));
  }

  @Test
  void aGroupHasARateOfItsOwnAndTheFirstGroupWins() {
    Map<String, float[]> fast = trained(1, o -> o.rate(0.2));
    Map<String, float[]> slow = trained(1, o -> o);
    ParameterGroup head = new ParameterGroup(p -> p.name().startsWith("head."), Sgd.Options.DEFAULT, 2);
    ParameterGroup stopped = new ParameterGroup(p -> p.name().equals("head.bias"), Sgd.Options.DEFAULT, 0);
    Map<String, float[]> grouped = trained(1, o -> o.group(head).group(stopped));
    assertSame(fast, grouped, "head.weight", "head.bias");
    assertSame(slow, grouped, "rnn.weight_ih_l0", "rnn.bias_hh_l0");
    Map<String, float[]> other = trained(1, o -> o.group(stopped).group(head));
    assertSame(trained(0, o -> o), other, "head.bias");
    assertSame(fast, other, "head.weight");
  }

  @Test
  void frozenParametersStayUnderEveryOptimizer() {
    List<OptimizerOptions> all =
        List.of(
            new Sgd.Options(0.9, 0, 0.1, true), Adam.Options.ADAMW, new Adam.Options(0.9, 0.99, 1e-8, 0.1, false, true),
            new RmsProp.Options(0.9, 1e-8, 0.1, 0.9, true), new Adagrad.Options(0, 0.1, 0.1, 1e-8));
    Map<String, float[]> before = trained(0, o -> o);
    for (OptimizerOptions options : all) {
      Map<String, float[]> after = trained(3, o -> o.optimizer(options), "rnn.weight");
      assertSame(before, after, "rnn.weight_ih_l0", "rnn.weight_hh_l0");
      assertFalse(Arrays.equals(before.get("rnn.bias_ih_l0"), after.get("rnn.bias_ih_l0")), options::toString);
    }
  }

  private static DynamicTest bad(String message, Executable call) {
    return DynamicTest.dynamicTest(message, () -> Refusal.of(IllegalArgumentException.class, call, message));
  }

  @TestFactory
  List<DynamicTest> settings() {
    return List.of(
        bad("SGD's momentum is -0.1", () -> new Sgd.Options(-0.1, 0, 0, false)),
        bad("SGD's dampening is NaN", () -> new Sgd.Options(0.9, Double.NaN, 0, false)),
        bad("SGD's weight decay is Infinity", () -> new Sgd.Options(0.9, 0, Double.POSITIVE_INFINITY, false)),
        bad("nesterov with momentum 0.0", () -> new Sgd.Options(0, 0, 0, true)),
        bad("and dampening 0.5", () -> new Sgd.Options(0.9, 0.5, 0, true)),
        bad("RMSprop's alpha is -1.0", () -> new RmsProp.Options(-1, 1e-8, 0, 0, false)),
        bad("RMSprop's epsilon is -1.0E-8", () -> new RmsProp.Options(0.9, -1e-8, 0, 0, false)),
        bad("RMSprop's weight decay is NaN", () -> new RmsProp.Options(0.9, 1e-8, Double.NaN, 0, false)),
        bad("RMSprop's momentum is -1.0", () -> new RmsProp.Options(0.9, 1e-8, 0, -1, false)),
        bad("Adagrad's rate decay is -0.5", () -> new Adagrad.Options(-0.5, 0, 0, 1e-10)),
        bad("Adagrad's weight decay is -1.0", () -> new Adagrad.Options(0, -1, 0, 1e-10)),
        bad("Adagrad's initial sum is NaN", () -> new Adagrad.Options(0, 0, Double.NaN, 1e-10)),
        bad("Adagrad's epsilon is Infinity", () -> new Adagrad.Options(0, 0, 0, Double.POSITIVE_INFINITY)),
        bad("rate factor is -2.0", () -> new ParameterGroup(p -> true, Sgd.Options.DEFAULT, -2)),
        bad("rate factor is NaN", () -> ParameterGroupTest.group(Double.NaN)));
  }

  private static ParameterGroup group(double factor) {
    return new ParameterGroup(Parameter::trainable, Sgd.Options.DEFAULT, factor);
  }

  @Test
  void biasesAreTheVectors() {
    try (SequenceModel model =
        SequenceModel.builder(1).embedding("e", 3, 2).recurrent("r", size ->
            RecurrentOptions.of(CellKind.RNN_TANH, size, 2)).tiedLinear("head").build()) {
      ParameterGroup biases = ParameterGroup.biases(Adam.Options.DEFAULT);
      assertEquals(
          List.of("r.bias_ih_l0", "r.bias_hh_l0", "head.bias"),
          model.parameters().stream().filter(biases.members()).map(Parameter::name).toList());
      assertTrue(model.parameters().stream().noneMatch(p -> p.name().equals("head.weight")));
    }
  }

  @Test
  void aGroupThatMatchesNothingIsRefused() {
    ParameterGroup typo = new ParameterGroup(p -> p.name().startsWith("haed."), Sgd.Options.DEFAULT, 1);
    Refusal.of(
        IllegalArgumentException.class, () -> trained(1, o -> o.group(typo)), "parameter group 0", "head.weight");
  }
}
