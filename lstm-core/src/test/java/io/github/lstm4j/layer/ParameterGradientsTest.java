package io.github.lstm4j.layer;

import static io.github.lstm4j.layer.CaseRun.assertSameBits;
import static io.github.lstm4j.layer.CaseRun.cellTensor;
import static io.github.lstm4j.layer.CaseRun.tensor;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.kernels.KernelSelection;
import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.memory.Tensor;
import io.github.lstm4j.oracle.OracleCase;
import io.github.lstm4j.oracle.OracleCases;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What freezing, skipping and accumulating do to gradients, and what they leave alone. */
class ParameterGradientsTest {
  @Provide
  Arbitrary<OracleCase> cases() {
    return OracleCases.any();
  }

  private static Recurrent layer(OracleCase values) {
    return CaseRun.layer(values, CaseRun.options(values.config()), KernelSelection.best(), 1);
  }

  @Property(tries = 60)
  void frozenParametersGetNoGradientAndOthersTheSame(@ForAll("cases") OracleCase values, @ForAll long which) {
    Map<String, float[]> expected = CaseRun.train(values, KernelSelection.best(), 1, 0);
    try (Recurrent layer = layer(values)) {
      List<Parameter> all = List.copyOf(layer.parameters().all());
      for (int i = 0; i < all.size(); i++) {
        all.get(i).trainable((which >> i & 1) == 0);
      }
      Map<String, float[]> actual = CaseRun.train(layer, values, CaseRun.input(values));
      for (Parameter parameter : all) {
        if (!parameter.trainable()) {
          expected.put("grad." + parameter.name(), new float[Math.toIntExact(parameter.elements())]);
        }
      }
      assertSameBits(expected, actual, values);
    }
  }

  @Property(tries = 60)
  void skippingTheInputsGradientChangesNoOther(@ForAll("cases") OracleCase values) {
    Map<String, float[]> expected = CaseRun.train(values, KernelSelection.best(), 1, 0);
    expected.remove("grad.x");
    try (Recurrent layer = layer(values)) {
      RecurrentInput input = CaseRun.input(values).withoutInputGradient();
      assertSameBits(expected, CaseRun.train(layer, values, input), values);
    }
  }

  /**
   * A second backward pass adds the same numbers. The cases' rows fit one depth block, whose chain starts at zero and
   * is added by one addition, so the sum is twice the first exactly.
   */
  @Property(tries = 60)
  void gradientsAccumulateUntilTheyAreSetToZero(@ForAll("cases") OracleCase values) {
    assertTrue(values.config().batch() * values.config().steps() <= Kernels.DEPTH_BLOCK, values::toString);
    Map<String, float[]> once = CaseRun.train(values, KernelSelection.best(), 1, 0);
    Map<String, float[]> doubled = new LinkedHashMap<>(once);
    try (Recurrent layer = layer(values)) {
      for (Parameter parameter : layer.parameters().all()) {
        float[] sums = CaseRun.result(once, "grad." + parameter.name()).clone();
        for (int i = 0; i < sums.length; i++) {
          sums[i] += sums[i];
        }
        doubled.put("grad." + parameter.name(), sums);
      }
      assertSameBits(once, CaseRun.train(layer, values, CaseRun.input(values)), values);
      assertSameBits(doubled, CaseRun.train(layer, values, CaseRun.input(values)), values);
      layer.parameters().zeroGradients();
      assertSameBits(once, CaseRun.train(layer, values, CaseRun.input(values)), values);
    }
  }

  /** Nobody asked for gradients of final states: the same as zeros. */
  @Property(tries = 60)
  void missingSeedsAndStatesAreZeros(@ForAll("cases") OracleCase values) {
    try (Recurrent layer = layer(values)) {
      RecurrentInput input = CaseRun.input(values);
      RecurrentInput without = input.withState(null, null);
      Tensor zeroH = Tensor.zeros(tensor(values, "in.h0").shape());
      Tensor c0 = cellTensor(values, "in.c0");
      Tensor zeroC = c0 == null ? null : Tensor.zeros(c0.shape());
      Tensor dY = tensor(values, "seed.y");
      try (RecurrentTape implied = layer.run(without, Mode.TRAINING);
          RecurrentTape given = layer.run(input.withState(zeroH, zeroC), Mode.TRAINING)) {
        assertSameBits(CaseRun.outputs(given.output()), CaseRun.outputs(implied.output()), values);
        Map<String, float[]> one = CaseRun.gradients(implied.backward(dY, null, null), layer.parameters());
        layer.parameters().zeroGradients();
        assertSameBits(CaseRun.gradients(given.backward(dY, zeroH, zeroC), layer.parameters()), one, values);
      }
      try (RecurrentTape tape = layer.run(without.withoutInputGradient(), Mode.TRAINING)) {
        assertNull(tape.backward(dY, null, null).x());
      }
    }
  }
}
