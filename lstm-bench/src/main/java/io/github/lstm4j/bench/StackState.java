package io.github.lstm4j.bench;

import io.github.lstm4j.layer.Execution;
import io.github.lstm4j.layer.Mode;
import io.github.lstm4j.layer.Parameters;
import io.github.lstm4j.layer.RecurrentOptions;
import io.github.lstm4j.layer.RecurrentStack;
import io.github.lstm4j.layer.RecurrentStackPass;
import io.github.lstm4j.layer.StepPlan;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import org.jspecify.annotations.Nullable;

/** A recurrent stack and a pass over one batch, its buffers reused from call to call. */
final class StackState implements AutoCloseable {
  private static final long SEED = 7;

  final Parameters parameters;
  final RecurrentStackPass pass;
  private final Execution execution;
  private final RecurrentStack stack;
  private final Memory memory = Memory.unlimited("a benchmark's pass");

  StackState(RecurrentState asked, Shape shape, Mode mode) {
    RecurrentOptions options = asked.options(shape);
    execution = new Execution(asked.chosenKernels(), asked.threads);
    parameters = Parameters.allocate(options.parameters(""));
    stack = new RecurrentStack(options, parameters, "", execution);
    stack.initialise(parameters, SEED);
    StepPlan plan = StepPlan.of(shape.batch(), shape.steps());
    Matrix input = RandomMatrix.fill(memory.matrix(plan.rows(), shape.input()));
    Matrix inputGradient = null;
    if (mode == Mode.TRAINING) {
      parameters.allocateGradients();
      inputGradient = memory.matrix(plan.rows(), shape.input());
    }
    pass = makePass(plan, input, inputGradient, mode);
  }

  private RecurrentStackPass makePass(StepPlan plan, Matrix input, @Nullable Matrix inputGradient, Mode mode) {
    return stack.pass(plan, input, inputGradient, mode, memory);
  }

  @Override
  public void close() {
    stack.close();
    parameters.close();
    memory.close();
    execution.close();
  }
}
