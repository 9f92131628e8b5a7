package io.github.lstm4j.layer;

import io.github.lstm4j.kernels.Orientation;
import io.github.lstm4j.kernels.RowOrder;
import io.github.lstm4j.kernels.Store;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** y = x·Wᵀ + b at every row, with the parameters of PyTorch's {@code nn.Linear}: {@code weight} and {@code bias}. */
public final class Linear implements Layer {
  private final int inputSize;
  private final int outputSize;
  private final Parameter weight;
  private final boolean tied;
  private final @Nullable Parameter bias;
  private final Execution execution;
  private final Memory memory;
  private final PackedWeight forwardWeight;
  private final PackedWeight backwardWeight;

  /**
   * The parameters of a linear layer.
   *
   * @param prefix put before each name, such as {@code "head."}
   * @param inputSize features of the input
   * @param outputSize features of the output
   * @param bias whether there is a bias
   * @return names and shapes
   * @throws IllegalArgumentException if a size is below 1
   */
  public static List<ParameterSpec> specs(String prefix, int inputSize, int outputSize, boolean bias) {
    if (inputSize < 1 || outputSize < 1) {
      throw new IllegalArgumentException(
          "linear layer " + prefix + " from " + inputSize + " to " + outputSize + " features; expected 1 or more");
    }
    List<ParameterSpec> specs = new ArrayList<>();
    specs.add(new ParameterSpec(prefix + "weight", List.of(outputSize, inputSize)));
    if (bias) {
      specs.add(new ParameterSpec(prefix + "bias", List.of(outputSize)));
    }
    return specs;
  }

  /**
   * A linear layer over parameters that somebody else owns.
   *
   * @param prefix of its parameters' names
   * @param bias whether there is a bias
   * @param parameters where the parameters are
   * @param execution how it computes
   */
  public Linear(String prefix, boolean bias, Parameters parameters, Execution execution) {
    this(prefix, prefix + "weight", bias, parameters, execution);
  }

  /**
   * A linear layer that shares its weight with another layer, such as an embedding whose vectors are the output's too.
   *
   * @param prefix of its bias' name
   * @param weightName the whole name of the weight [outputs, inputs]
   * @param bias whether there is a bias
   * @param parameters where the parameters are
   * @param execution how it computes
   */
  public Linear(String prefix, String weightName, boolean bias, Parameters parameters, Execution execution) {
    this.tied = !weightName.equals(prefix + "weight");
    this.weight = parameters.get(weightName);
    this.bias = bias ? parameters.get(prefix + "bias") : null;
    this.outputSize = weight.shape().getFirst();
    this.inputSize = weight.shape().getLast();
    this.execution = execution;
    this.memory = Memory.unlimited("packed weights of " + prefix);
    this.forwardWeight = new PackedWeight(weight, Orientation.TRANSPOSED, execution.kernels(), memory);
    this.backwardWeight = new PackedWeight(weight, Orientation.PLAIN, execution.kernels(), memory);
  }

  /**
   * First values: uniform in ±1/√input_size. Source: torch.nn.Linear's reset_parameters.
   *
   * @param seed the model's seed
   */
  public void initialise(long seed) {
    parameters().forEach(parameter -> Initialization.uniform(parameter, 1 / Math.sqrt(inputSize), seed));
  }

  @Override
  public String describe() {
    return "Linear(" + inputSize + ", " + outputSize + (bias == null ? ", bias=False" : "")
        + (tied ? ", tied to " + weight.name() + ")" : ")");
  }

  @Override
  public int outputSize() {
    return outputSize;
  }

  @Override
  public List<Parameter> parameters() {
    if (tied) {
      return bias == null ? List.of() : List.of(bias);
    }
    return bias == null ? List.of(weight) : List.of(weight, bias);
  }

  @Override
  public LayerPass pass(StepPlan plan, Matrix input, @Nullable Matrix inputGradient, Mode mode, Memory passMemory) {
    return new Pass(plan, input, inputGradient, mode, passMemory);
  }

  /** Frees the packed weights. */
  @Override
  public void close() {
    memory.close();
  }

  private final class Pass implements LayerPass {
    private final StepPlan plan;
    private final Matrix output;
    private final @Nullable Matrix outputGradient;
    private final @Nullable Matrix inputGradient;
    private final Matrix[] inputs;
    private final Matrix[] outputs;
    private final RowOrder order;
    private final IntConsumer multiply = this::multiply;
    private final DealtParts backward;
    private final int withoutInput; // how many of them are not the gradient of the input
    private final Matrix[] outputGradients;
    private final Matrix[] inputGradients;

    Pass(StepPlan plan, Matrix input, @Nullable Matrix inputGradient, Mode mode, Memory memory) {
      this.plan = plan;
      this.inputGradient = inputGradient;
      this.order = plan.inputOrder();
      int parts = Math.min(execution.threads(), input.rows());
      backward = new DealtParts(execution.workers());
      output = memory.matrix(input.rows(), outputSize);
      inputs = Parts.split(input, parts);
      outputs = Parts.split(output, parts);
      if (mode == Mode.TRAINING) {
        Matrix gradient = memory.matrix(input.rows(), outputSize);
        outputGradient = gradient;
        outputGradients = Parts.split(gradient, parts);
        inputGradients = inputGradient == null ? new Matrix[0] : Parts.split(inputGradient, parts);
        WeightGradient ofWeight =
            new WeightGradient(weight, weight.gradient(), gradient, input, () -> order, execution, execution.threads());
        backward.add(ofWeight.parts(), ofWeight::part);
        backward.add(bias == null ? 0 : 1, part -> sumBias());
      } else {
        outputGradient = null;
        outputGradients = new Matrix[0];
        inputGradients = new Matrix[0];
      }
      withoutInput = backward.count();
      backward.add(inputGradients.length, this::multiplyBack);
    }

    @Override
    public StepPlan plan() {
      return plan;
    }

    @Override
    public Matrix output() {
      return output;
    }

    @Override
    public @Nullable Matrix outputGradient() {
      return outputGradient;
    }

    @Override
    public void forward(Noise noise) {
      execution.workers().run(inputs.length, multiply);
    }

    private void multiply(int part) {
      if (bias == null) {
        execution.kernels().gemm(outputs[part], inputs[part], forwardWeight.get(), Store.OVERWRITE);
      } else {
        outputs[part].copyRow(bias.value());
        execution.kernels().gemm(outputs[part], inputs[part], forwardWeight.get(), Store.ACCUMULATE);
      }
    }

    @Override
    public void backward(boolean needsInput) {
      if (outputGradient == null) {
        throw new IllegalStateException("this pass was made for inference: it can't go backward");
      }
      backward.run(inputGradient != null && needsInput ? backward.count() : withoutInput);
    }

    private void sumBias() {
      if (bias != null && bias.trainable()) {
        Matrix rows = Objects.requireNonNull(outputGradient);
        execution.kernels().columnSums(bias.gradient(), rows, order, Store.ACCUMULATE);
      }
    }

    private void multiplyBack(int part) {
      execution.kernels().gemm(inputGradients[part], outputGradients[part], backwardWeight.get(), Store.OVERWRITE);
    }
  }
}
