package io.github.lstm4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lstm4j.kernels.KernelSelection;
import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.layer.Mode;
import io.github.lstm4j.layer.Noise;
import io.github.lstm4j.layer.StepPlan;
import io.github.lstm4j.testing.WatchedKernels;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is frozen, and lies below all that trains, costs no backward pass; what trains gets the same gradients. */
class FreezingTest {
  private static final int STEPS = 3;

  private final Map<String, Integer> calls = new HashMap<>();

  /** The best kernels, each call counted. */
  private Kernels counting() {
    return WatchedKernels.of(
        KernelSelection.best(), (operation, arguments) -> calls.merge(operation, 1, Integer::sum));
  }

  private SequenceModel model() {
    return SequenceModel.builder(2)
        .lstm("below", 5, options -> options.withLayers(2))
        .gru("above", 4)
        .linear("head", 1)
        .kernels(counting())
        .seed(3)
        .build();
  }

  private float[] headGradient(SequenceModel model) {
    try (ModelPass pass = model.pass(StepPlan.of(2, STEPS), Mode.TRAINING)) {
      pass.input().fill(0.5f);
      pass.forward(Noise.NONE);
      pass.outputGradient().fill(1f);
      calls.clear();
      pass.backward();
      return model.parameter("head.weight").gradientTensor().data();
    }
  }

  private int calls(String operation) {
    return calls.getOrDefault(operation, 0);
  }

  @Test
  void nothingBelowTheLowestTrainedLayerGoesBackward() {
    try (SequenceModel model = model()) {
      float[] whole = headGradient(model);
      assertEquals(2 * STEPS, calls("lstmGatesBackward"));
      assertEquals(STEPS, calls("gruGatesBackward"));
      int products = calls("gemm");

      model.zeroGradients();
      model.setTrainable("below.", false);
      assertArrayEquals(whole, headGradient(model));
      assertEquals(0, calls("lstmGatesBackward"));
      assertEquals(STEPS, calls("gruGatesBackward"));
      // Two LSTM layers: a recurrent product a step but for the first, which starts from zeros, and an input product
      // but for the first layer; and the GRU's input product.
      assertEquals(products - 2 * (STEPS - 1) - 1 - 1, calls("gemm"));

      model.zeroGradients();
      model.setTrainable("above.", false);
      assertArrayEquals(whole, headGradient(model));
      assertEquals(0, calls("gruGatesBackward"));
      assertEquals(0, calls("gemm"));
    }
  }

  @Test
  void theLoopStopsInsideAStackToo() {
    try (SequenceModel model = model()) {
      model.setTrainable("below.weight_ih_l0", false);
      model.setTrainable("below.weight_hh_l0", false);
      model.setTrainable("below.bias_ih_l0", false);
      model.setTrainable("below.bias_hh_l0", false);
      headGradient(model);
      assertEquals(STEPS, calls("lstmGatesBackward"), "the upper layer of two");
    }
  }

  /** The gradients of an LSTM's two weights are one call of the kernels, unless one of them is frozen. */
  @Test
  void onlyOneWeightOfAPairMayBeTrained() {
    try (SequenceModel model = model()) {
      headGradient(model);
      int alone = 3 + 1; // the GRU's, whose n stands apart, and the head's
      assertEquals(2, calls("gemmTransposedAPair"));
      assertEquals(alone, calls("gemmTransposedA"));
      for (String frozen : new String[] {"below.weight_ih_l1", "below.weight_hh_l1"}) {
        String trained = frozen.contains("ih") ? "below.weight_hh_l1" : "below.weight_ih_l1";
        float[] whole = model.parameter(trained).gradientTensor().data();
        model.zeroGradients();
        model.setTrainable(frozen, false);
        headGradient(model);
        assertEquals(1, calls("gemmTransposedAPair"));
        assertEquals(alone + 1, calls("gemmTransposedA"));
        assertArrayEquals(whole, model.parameter(trained).gradientTensor().data());
        float[] none = model.parameter(frozen).gradientTensor().data();
        assertArrayEquals(new float[none.length], none, "frozen");
        model.setTrainable(frozen, true);
        model.zeroGradients();
        headGradient(model);
      }
    }
  }
}
