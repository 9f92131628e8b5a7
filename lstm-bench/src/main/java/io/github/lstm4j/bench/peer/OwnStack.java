package io.github.lstm4j.bench.peer;

import io.github.lstm4j.bench.Shape;
import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.layer.CellKind;
import io.github.lstm4j.layer.Execution;
import io.github.lstm4j.layer.Mode;
import io.github.lstm4j.layer.Parameter;
import io.github.lstm4j.layer.Parameters;
import io.github.lstm4j.layer.RecurrentOptions;
import io.github.lstm4j.layer.RecurrentStack;
import io.github.lstm4j.layer.RecurrentStackPass;
import io.github.lstm4j.layer.StepPlan;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import io.github.lstm4j.memory.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** An LSTM stack with a task's weights, and a pass over its input. */
final class OwnStack implements AutoCloseable {
  final Parameters parameters;
  final RecurrentStackPass pass;
  final Matrix inputGradient;
  private final Shape shape;
  private final Execution execution;
  private final RecurrentStack stack;
  private final Memory memory = Memory.unlimited("a benchmark's pass");

  OwnStack(Task task, Operands operands, Kernels kernels, int threads, Mode mode) {
    shape = task.shape();
    RecurrentOptions options = options(shape);
    execution = new Execution(kernels, threads);
    parameters = Parameters.allocate(options.parameters(""));
    fill(parameters::get, "", shape, operands);
    stack = new RecurrentStack(options, parameters, "", execution);
    StepPlan plan = StepPlan.of(shape.batch(), shape.steps());
    Matrix input = memory.matrix(plan.rows(), shape.input());
    input.copyFrom(operands.input(), 0);
    inputGradient = memory.matrix(plan.rows(), shape.input());
    if (mode == Mode.TRAINING) {
      parameters.allocateGradients();
    }
    pass = stack.pass(plan, input, mode == Mode.TRAINING ? inputGradient : null, mode, memory);
  }

  static RecurrentOptions options(Shape shape) {
    return RecurrentOptions.of(CellKind.LSTM, shape.input(), shape.hidden()).withLayers(shape.layers());
  }

  /** Sets a stack's parameters to a task's weights: both are PyTorch's, name by name. */
  static void fill(Function<String, Parameter> parameters, String prefix, Shape shape, Operands operands) {
    for (int layer = 0; layer < shape.layers(); layer++) {
      set(parameters.apply(prefix + "weight_ih_l" + layer), operands.inputWeight(layer));
      set(parameters.apply(prefix + "weight_hh_l" + layer), operands.recurrentWeight(layer));
      set(parameters.apply(prefix + "bias_ih_l" + layer), operands.inputBias(layer));
      set(parameters.apply(prefix + "bias_hh_l" + layer), operands.recurrentBias(layer));
    }
  }

  private static void set(Parameter parameter, float[] numbers) {
    int[] sizes = parameter.shape().stream().mapToInt(Integer::intValue).toArray();
    parameter.set(Tensor.of(numbers, sizes));
  }

  /** What {@link Workload#results} asks of training. */
  List<float[]> gradients() {
    List<float[]> gradients = new ArrayList<>();
    gradients.add(inputGradient.toArray());
    for (int layer = 0; layer < shape.layers(); layer++) {
      for (String name : List.of("weight_ih_l", "weight_hh_l", "bias_ih_l")) {
        gradients.add(parameters.get(name + layer).gradientTensor().data());
      }
    }
    return gradients;
  }

  @Override
  public void close() {
    stack.close();
    parameters.close();
    memory.close();
    execution.close();
  }
}
