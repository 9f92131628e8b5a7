package io.github.lstm4j.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.kernels.KernelSelection;
import io.github.lstm4j.memory.Memory;
import io.github.lstm4j.memory.MemoryLimitException;
import io.github.lstm4j.memory.Tensor;
import io.github.lstm4j.model.ModelPass;
import io.github.lstm4j.model.ModelBuilder;
import io.github.lstm4j.model.SequenceModel;
import io.github.lstm4j.model.Session;
import io.github.lstm4j.oracle.OracleCase;
import io.github.lstm4j.oracle.OracleCases;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Off-heap bytes go back to what they were, whatever happens in between. Bad input: see {@link BadLayerInputTest}. */
class LayerMemoryTest {
  @Provide
  Arbitrary<OracleCase> cases() {
    return OracleCases.any();
  }

  @Property(tries = 60)
  void closingALayerAndItsTapesFreesEverything(@ForAll("cases") OracleCase values) {
    long before = Memory.liveBytes();
    try (Recurrent layer = CaseRun.layer(values, CaseRun.options(values.config()), KernelSelection.best(), 2)) {
      assertTrue(Memory.liveBytes() > before, "a layer that holds nothing");
      CaseRun.train(layer, values, CaseRun.input(values));
      long trained = Memory.liveBytes();
      layer.run(CaseRun.input(values));
      assertEquals(trained, Memory.liveBytes(), "a run for outputs left bytes behind");
      CaseRun.train(layer, values, CaseRun.input(values));
      assertEquals(trained, Memory.liveBytes(), "a closed tape left bytes behind");
    }
    assertEquals(before, Memory.liveBytes());
  }

  @Test
  void aRunThatIsRefusedHalfWayLeavesNothing() {
    long outside = Memory.liveBytes();
    try (Recurrent layer = Lstm.create(RecurrentOptions.of(CellKind.LSTM, 3, 5).withLayers(2), 1)) {
      RecurrentInput input = RecurrentInput.of(Tensor.zeros(4, 6, 3));
      layer.run(input); // packs the weights
      long before = Memory.liveBytes();
      Tensor wrong = Tensor.zeros(2, 4, 6);
      assertThrows(IllegalArgumentException.class, () -> layer.run(input.withState(wrong, null)));
      assertThrows(IllegalArgumentException.class, () -> layer.run(input.withState(null, wrong)));
      assertThrows(IllegalArgumentException.class, () -> layer.run(input.withLengths(new int[] {1, 2, 3, 7})));
      assertEquals(before, Memory.liveBytes());
    }
    assertEquals(outside, Memory.liveBytes());
  }

  private static ModelBuilder builder() {
    return SequenceModel.builder(3).lstm("rnn", 9, o -> o.withLayers(2)).lastStep().linear("head", 2);
  }

  @Test
  void modelsPassesAndSessionsFreeEverything() {
    long before = Memory.liveBytes();
    try (SequenceModel model = builder().threads(2).build();
        ModelPass pass = model.pass(StepPlan.of(2, 3), Mode.TRAINING)) {
      pass.forward(Noise.NONE);
      pass.backward();
      try (Session session = model.session(2)) {
        session.step(Tensor.zeros(2, 3));
      }
      model.predict(Tensor.zeros(2, 5, 3));
    }
    assertEquals(before, Memory.liveBytes());
  }

  @Test
  void modelsThatCanNotBeMadeLeaveNothing() {
    long before = Memory.liveBytes();
    assertThrows(IllegalArgumentException.class, () -> builder().threads(0).build());
    assertThrows(IllegalArgumentException.class, () -> builder().linear("head", 2).build());
    try (SequenceModel model = builder().memoryLimit(4_096).build()) {
      long made = Memory.liveBytes();
      assertThrows(MemoryLimitException.class, () -> model.pass(StepPlan.of(9, 30), Mode.INFERENCE));
      assertEquals(made, Memory.liveBytes());
    }
    assertEquals(before, Memory.liveBytes());
  }
}
