package io.github.lstm4j.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.github.lstm4j.kernels.KernelSelection;
import io.github.lstm4j.model.ModelPass;
import io.github.lstm4j.model.ModelBuilder;
import io.github.lstm4j.model.SequenceModel;
import io.github.lstm4j.model.Session;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Once warm, a pass that is run again allocates nothing on the heap: forward, backward, carrying and resetting states,
 * a session's steps. Warm-up: rounds until three in a row are quiet, at most 400. One thread, whose counter sees all
 * work, but for two tests of two, of which the counter sees one. lstm-simd runs the same class on its kernels.
 */
public class StepAllocationTest {
  private static final int CALLS = 50;
  private static final int MOST_ROUNDS = 400;
  private static final int QUIET_ROUNDS = 3;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final Noise NOISE = new Noise(1, 1);

  /**
   * The kernels that must have been selected, so that green can't mean that others were skipped.
   *
   * @return the start of their name
   */
  protected String expectedKernels() {
    return "scalar";
  }

  private ModelBuilder builder() {
    return builder(3);
  }

  private ModelBuilder builder(int inputSize) {
    assertTrue(KernelSelection.best().name().startsWith(expectedKernels()), KernelSelection.best().name());
    return SequenceModel.builder(inputSize).threads(1);
  }

  /** An embedding, each of the cells, dropout, each of the poolings and a tied weight. */
  @ParameterizedTest
  @EnumSource(CellKind.class)
  final void trainingStepsOfTokens(CellKind cell) {
    try (SequenceModel model =
            builder(1)
                .embedding("embedding", 11, 9, 0)
                .recurrent("rnn", size -> RecurrentOptions.of(cell, size, 9).withLayers(2))
                .dropout("drop", 0.3f)
                .tiedLinear("head")
                .maxOverTime()
                .build();
        ModelPass pass = model.pass(StepPlan.of(6, new int[] {2, 6, 6, 1}), Mode.TRAINING)) {
      assertAllocatesNothing(() -> {
        pass.resetStates();
        pass.forward(NOISE);
        pass.outputGradient().fill(0.1f);
        pass.backward();
        model.zeroGradients();
      });
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  final void trainingSteps(boolean packed) {
    StepPlan plan = packed ? StepPlan.of(6, new int[] {2, 6, 6, 1}) : StepPlan.of(4, 6);
    try (SequenceModel model =
            builder()
                .lstm("rnn", 9, o -> o.withLayers(2).withBidirectional(true).withProjSize(5).withDropout(0.3f))
                .linear("head", 2)
                .build();
        ModelPass pass = model.pass(plan, Mode.TRAINING)) {
      Parameter[] parameters = model.parameters().toArray(Parameter[]::new);
      assertAllocatesNothing(() -> {
        pass.resetStates();
        pass.forward(NOISE);
        pass.carryStates();
        pass.forward(NOISE);
        pass.outputGradient().fill(0.1f);
        pass.backward();
        model.zeroGradients();
        for (Parameter parameter : parameters) {
          parameter.changed(); // as an optimizer does: the weights are packed again
        }
      });
    }
  }

  @Test
  final void servingAndPooling() {
    try (SequenceModel model = builder().lstm("rnn", 17, o -> o).lastStep().linear("head", 2).build();
        ModelPass pass = model.pass(StepPlan.of(6, new int[] {2, 6, 6, 1}), Mode.INFERENCE)) {
      assertAllocatesNothing(() -> {
        pass.resetStates();
        pass.forward(Noise.NONE);
      });
    }
  }

  @Test
  final void streams() {
    try (SequenceModel model = builder().lstm("rnn", 17, o -> o.withLayers(2)).linear("head", 2).build();
        Session session = model.session(2)) {
      float[] x = new float[6];
      float[] y = new float[4];
      assertAllocatesNothing(() -> session.step(x, y));
    }
  }

  /** One sequence of so many units is shared by units. */
  @ParameterizedTest
  @EnumSource(CellKind.class)
  final void streamsByUnits(CellKind cell) {
    int hidden = 192;
    assertEquals(Split.UNITS, Split.measured(1, 1, hidden, 2));
    try (SequenceModel model =
            builder().threads(2).recurrent("rnn", size -> RecurrentOptions.of(cell, size, hidden)).build();
        Session session = model.session(1)) {
      float[] x = new float[3];
      float[] y = new float[hidden];
      assertAllocatesNothing(() -> session.step(x, y));
    }
  }

  /** Sequences shared by two threads, and what follows the loop dealt out to them: whichever parts this one takes. */
  @Test
  final void trainingStepsOfTwoThreads() {
    assertEquals(Split.BATCH, Split.measured(16, 4, 32, 2));
    try (SequenceModel model = builder().threads(2).lstm("rnn", 32, o -> o).linear("head", 2).build();
        ModelPass pass = model.pass(StepPlan.of(16, 20), Mode.TRAINING);
        ModelPass serving = model.pass(StepPlan.of(16, 20), Mode.INFERENCE)) {
      assertAllocatesNothing(() -> {
        pass.forward(NOISE);
        pass.outputGradient().fill(0.1f);
        pass.backward();
        model.zeroGradients();
        serving.forward(NOISE);
      });
    }
  }

  private static void assertAllocatesNothing(Runnable step) {
    int quiet = 0;
    long bytes = 0;
    for (int round = 0; round < MOST_ROUNDS && quiet < QUIET_ROUNDS; round++) {
      bytes = allocated(step);
      quiet = bytes == 0 ? quiet + 1 : 0;
    }
    assertEquals(QUIET_ROUNDS, quiet, "quiet rounds; the last of " + MOST_ROUNDS + " allocated " + bytes + " bytes");
  }

  private static long allocated(Runnable step) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < CALLS; i++) {
      step.run();
    }
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
