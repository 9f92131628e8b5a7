package io.github.lstm4j.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.data.Batch;
import io.github.lstm4j.data.BatchSource;
import io.github.lstm4j.layer.Execution;
import io.github.lstm4j.layer.ParameterSpec;
import io.github.lstm4j.layer.Parameters;
import io.github.lstm4j.loss.MeanSquaredError;
import io.github.lstm4j.memory.Tensor;
import io.github.lstm4j.model.SequenceModel;
import io.github.lstm4j.testing.ModelBits;
import io.github.lstm4j.testing.Refusal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Bounds on gradients. */
final class ClippingTest {
  private static Parameters parameters(float[] a, float[] b) {
    Parameters parameters =
        Parameters.allocate(
            List.of(new ParameterSpec("a", List.of(a.length)), new ParameterSpec("b", List.of(b.length))));
    parameters.allocateGradients();
    parameters.get("a").gradient().copyFrom(a, 0);
    parameters.get("b").gradient().copyFrom(b, 0);
    return parameters;
  }

  @Test
  void byNormGivesPyTorchsFactor() {
    try (Execution execution = Execution.of(1);
        Parameters parameters = parameters(new float[] {3, 0}, new float[] {-4})) {
      var all = List.copyOf(parameters.all());
      double norm = Clipping.globalNorm(execution, all);
      assertEquals(5.0, norm); // 9 + 16 is exact
      assertEquals((float) (2 / (5 + 1e-6)), new Clipping.ByNorm(2).apply(all, norm));
      assertEquals(1f, new Clipping.ByNorm(5.1).apply(all, norm));
      assertEquals((float) (5 / (5 + 1e-6)), new Clipping.ByNorm(5).apply(all, norm));
      assertEquals(1f, Clipping.NONE.apply(all, norm));
      assertEquals(1f, new Clipping.ByNorm(5).apply(all, 0));
      assertArrayEquals(new float[] {3, 0}, parameters.get("a").gradient().toArray(), "the optimizer scales");
      parameters.get("b").trainable(false);
      assertEquals(3.0, Clipping.globalNorm(execution, all), "a frozen parameter has no part");
    }
  }

  @Test
  void byValueCutsEachElement() {
    try (Parameters parameters = parameters(new float[] {3, -0.5f}, new float[] {-4})) {
      var all = List.copyOf(parameters.all());
      assertEquals(1f, new Clipping.ByValue(0.75).apply(all, 5));
      assertArrayEquals(new float[] {0.75f, -0.5f}, parameters.get("a").gradient().toArray());
      assertArrayEquals(new float[] {-0.75f}, parameters.get("b").gradient().toArray());
    }
  }

  @Test
  void boundsArePositive() {
    Refusal.of(IllegalArgumentException.class, () -> new Clipping.ByNorm(0), "by norm to 0.0");
    Refusal.of(IllegalArgumentException.class, () -> new Clipping.ByValue(Double.NaN), "by value to NaN");
  }

  /**
   * Adam's first step hides a factor of the gradient, unless epsilon is large: then it is rate · g / epsilon, about.
   */
  @Test
  void theTrainerApplies() {
    Map<String, String> none = trained(Clipping.NONE);
    assertEquals(none, trained(new Clipping.ByNorm(1e9)));
    assertEquals(none, trained(new Clipping.ByValue(1e9)));
    // The gradient is 2·(0 − 1)·1 = −2 for weight and bias alike: both bounds give −1, up to the 1e-6 of the norm.
    float byValue = weight(new Clipping.ByValue(1));
    float byNorm = weight(new Clipping.ByNorm(Math.sqrt(2)));
    float unclipped = weight(Clipping.NONE);
    assertEquals(2.0, unclipped / byValue, 2e-3); // epsilon of 1000 beside |g| ≤ 2
    assertEquals(byValue, byNorm, 1e-6 * byValue + 4 * Math.ulp(byValue));
    assertTrue(byValue > 0);
  }

  private static Map<String, String> trained(Clipping clipping) {
    try (SequenceModel model = model(clipping)) {
      return ModelBits.of(model);
    }
  }

  private static float weight(Clipping clipping) {
    try (SequenceModel model = model(clipping)) {
      return model.parameter("head.weight").value().get(0, 0);
    }
  }

  private static SequenceModel model(Clipping clipping) {
    SequenceModel model = SequenceModel.builder(1).linear("head", 1).build();
    model.parameters().forEach(p -> p.value().fill(0f));
    BatchSource one =
        BatchSource.of(List.of(Batch.of(Tensor.of(new float[] {1}, 1, 1, 1), Tensor.of(new float[] {1}, 1, 1, 1))));
    new Trainer(
            model,
            new TrainerOptions(new MeanSquaredError())
                .rate(1).clipping(clipping).optimizer(new Adam.Options(0.9, 0.999, 1000, 0, false, false)))
        .fit(one);
    return model;
  }
}
