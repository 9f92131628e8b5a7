package io.github.lstm4j.layer;

import static io.github.lstm4j.layer.CaseRun.assertSameBits;
import static io.github.lstm4j.layer.CaseRun.cellTensor;
import static io.github.lstm4j.layer.CaseRun.tensor;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lstm4j.kernels.KernelSelection;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import io.github.lstm4j.memory.Tensor;
import io.github.lstm4j.oracle.OracleCase;
import io.github.lstm4j.oracle.OracleCases;
import io.github.lstm4j.oracle.RecurrentConfig;
import java.util.Arrays;
import java.util.Objects;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A pass is made once and run again and again: nothing of an earlier run may show in a later one. */
class PassReuseTest {
  @Provide
  Arbitrary<OracleCase> cases() {
    return OracleCases.any();
  }

  private static StepPlan plan(RecurrentConfig config) {
    int[] lengths = new int[config.batch()];
    Arrays.setAll(lengths, config::length);
    return StepPlan.of(config.steps(), lengths);
  }

  /** The initial states stay what they were set to, in both modes: a second run starts where the first did. */
  @Property(tries = 100)
  void aSecondForwardHasTheBitsOfTheFirst(@ForAll("cases") OracleCase values, @ForAll Mode mode) {
    StepPlan plan = plan(values.config());
    RecurrentOptions options = CaseRun.options(values.config());
    try (Memory memory = Memory.unlimited("test");
        Parameters parameters = Parameters.allocate(options.parameters(""));
        Execution execution = new Execution(KernelSelection.best(), 1);
        RecurrentStack stack = new RecurrentStack(options, parameters, "", execution)) {
      parameters.allocateGradients();
      values.config().parameterNames().forEach(name -> parameters.get(name).set(tensor(values, name)));
      Matrix x = memory.matrix(plan.rows(), options.inputSize());
      SequenceRows.pack(tensor(values, "in.x"), true, plan, x);
      RecurrentStackPass pass = stack.pass(plan, x, null, mode, memory);
      pass.states().setInitial(tensor(values, "in.h0"), cellTensor(values, "in.c0"));
      pass.forward(Noise.NONE);
      float[] y = pass.output().toArray();
      float[] h = pass.states().finalHidden().data();
      Tensor c = pass.states().finalCell();
      pass.forward(Noise.NONE);
      assertSameBits("y", y, pass.output().toArray(), mode + " of " + values);
      assertSameBits("hn", h, pass.states().finalHidden().data(), mode + " of " + values);
      assertEquals(values.config().hasCellState(), c != null);
      if (c != null) {
        Tensor again = Objects.requireNonNull(pass.states().finalCell());
        assertSameBits("cn", c.data(), again.data(), mode + " of " + values);
      }
      float[] once = SequenceRows.unpack(pass.output(), true, plan).data();
      assertSameBits("y", CaseRun.result(CaseRun.serve(values, KernelSelection.best(), 1), "out.y"), once, values);
    }
  }
}
