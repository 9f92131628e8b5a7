package io.github.lstm4j.layer;

import static io.github.lstm4j.layer.CaseRun.cellTensor;
import static io.github.lstm4j.layer.CaseRun.tensor;

import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import io.github.lstm4j.memory.Tensor;
import io.github.lstm4j.oracle.OracleCase;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A pass of a stack with a case's parameters over its input, to be run as often as one likes; close it. */
final class StackRun implements AutoCloseable {
  private static final float GRADIENT_BEFORE = 0.25f;

  private final OracleCase values;
  private final StepPlan plan;
  private final Memory memory = Memory.unlimited("test");
  private final Parameters parameters;
  private final Execution execution;
  private final RecurrentStack stack;
  private final @Nullable Matrix inputGradient;
  private final RecurrentStackPass pass;

  /** A pass made for a mode, which owns its execution. */
  StackRun(OracleCase values, Mode mode, Execution execution) {
    this.values = values;
    this.execution = execution;
    int[] lengths = new int[values.config().batch()];
    Arrays.setAll(lengths, values.config()::length);
    plan = StepPlan.of(values.config().steps(), lengths);
    RecurrentOptions options = CaseRun.options(values.config());
    parameters = Parameters.allocate(options.parameters(""));
    parameters.allocateGradients();
    values.config().parameterNames().forEach(name -> parameters.get(name).set(tensor(values, name)));
    stack = new RecurrentStack(options, parameters, "", execution);
    Matrix x = memory.matrix(plan.rows(), options.inputSize());
    inputGradient = mode == Mode.TRAINING ? memory.matrix(plan.rows(), options.inputSize()) : null;
    SequenceRows.pack(tensor(values, "in.x"), true, plan, x);
    pass = stack.pass(plan, x, inputGradient, mode, memory);
  }

  RecurrentStates states() {
    return pass.states();
  }

  /** Forward, and backward where made for it, from the initial states that are set: all results by name. */
  Map<String, float[]> run() {
    Map<String, float[]> results = forward();
    if (inputGradient != null) {
      backward(true);
      results.put("grad.x", inputGradient.toArray());
      Tensor dC = states().initialCellGradient();
      if (dC != null) {
        results.put("grad.c0", dC.data());
      }
      parameters.all().forEach(p -> results.put("grad." + p.name(), p.gradientTensor().data()));
    }
    return results;
  }

  /** Forward: outputs and final states. */
  Map<String, float[]> forward() {
    pass.forward(Noise.NONE);
    Map<String, float[]> results = new LinkedHashMap<>();
    results.put("out.y", pass.output().toArray());
    results.put("out.hn", states().finalHidden().data());
    Tensor c = states().finalCell();
    if (c != null) {
      results.put("out.cn", c.data());
    }
    return results;
  }

  /** Backward with the case's gradients of the outputs, added to gradients that are not zero. */
  void backward(boolean needsInput) {
    parameters.all().forEach(p -> p.gradient().fill(GRADIENT_BEFORE));
    states().setFinalGradients(tensor(values, "seed.hn"), cellTensor(values, "seed.cn"));
    Matrix dY = pass.outputGradient();
    if (dY == null) {
      throw new IllegalStateException("made for inference");
    }
    SequenceRows.pack(tensor(values, "seed.y"), true, plan, dY);
    pass.backward(needsInput);
  }

  @Override
  public void close() {
    stack.close();
    parameters.close();
    memory.close();
    execution.close();
  }
}
