package io.github.lstm4j.layer;

import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import io.github.lstm4j.random.CounterRandom;
import java.util.List;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A table of vectors, looked up by token id: PyTorch's {@code nn.Embedding}, parameter {@code weight} [entries, size].
 * The input is one column of whole numbers; float32 holds every id up to 2²⁴ exactly.
 */
public final class Embedding implements Layer {
  /** No padding entry. */
  public static final int NO_PADDING = -1;

  /** The most entries: larger ids are not exact in float32. */
  public static final int MOST_ENTRIES = 1 << 24;

  private final Parameter weight;
  private final int padding;
  private final Execution execution;

  /**
   * The parameters of an embedding.
   *
   * @param prefix put before each name, such as {@code "embedding."}
   * @param entries number of tokens, {@code num_embeddings}
   * @param size features of a vector, {@code embedding_dim}
   * @return names and shapes
   * @throws IllegalArgumentException if a number is out of range
   */
  public static List<ParameterSpec> specs(String prefix, int entries, int size) {
    if (entries < 1 || entries > MOST_ENTRIES || size < 1) {
      throw new IllegalArgumentException(
          "embedding " + prefix + " of " + entries + " entries of size " + size + "; expected 1 to " + MOST_ENTRIES
              + " entries of size 1 or more");
    }
    return List.of(new ParameterSpec(prefix + "weight", List.of(entries, size)));
  }

  /**
   * An embedding over parameters that somebody else owns.
   *
   * @param prefix of its parameters' names
   * @param padding an entry that gets no gradient, {@code padding_idx}, or {@link #NO_PADDING}
   * @param parameters where the parameters are
   * @param execution how it computes
   * @throws IllegalArgumentException if there is no such entry
   */
  public Embedding(String prefix, int padding, Parameters parameters, Execution execution) {
    this.weight = parameters.get(prefix + "weight");
    this.padding = padding;
    this.execution = execution;
    checkPadding(padding, entries());
  }

  /**
   * Fails unless a padding index is one: asked before anything is allocated.
   *
   * @param padding an entry, or {@link #NO_PADDING}
   * @param entries number of tokens
   * @throws IllegalArgumentException if there is no such entry
   */
  public static void checkPadding(int padding, int entries) {
    if (padding != NO_PADDING && (padding < 0 || padding >= entries)) {
      throw new IllegalArgumentException(
          "padding index " + padding + " of an embedding of " + entries + " entries; expected one of them, or none");
    }
  }

  private int entries() {
    return weight.shape().getFirst();
  }

  /**
   * First values: normally distributed, the padding entry zero. Source: torch.nn.Embedding's reset_parameters.
   *
   * @param seed the model's seed
   */
  public void initialise(long seed) {
    long stream = CounterRandom.stream(weight.name());
    for (int r = 0; r < entries(); r++) {
      for (int c = 0; c < outputSize(); c++) {
        double value = CounterRandom.normal(seed, stream, (long) r * outputSize() + c);
        weight.value().set(r, c, r == padding ? 0f : (float) value);
      }
    }
    weight.changed();
  }

  @Override
  public String describe() {
    return "Embedding(" + entries() + ", " + outputSize()
        + (padding == NO_PADDING ? ")" : ", padding_idx=" + padding + ")");
  }

  @Override
  public int outputSize() {
    return weight.shape().getLast();
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(weight);
  }

  @Override
  public void close() {
    // owns nothing
  }

  @Override
  public LayerPass pass(StepPlan plan, Matrix input, @Nullable Matrix inputGradient, Mode mode, Memory memory) {
    return new Pass(plan, input, mode, memory);
  }

  private final class Pass implements LayerPass {
    private final StepPlan plan;
    private final Matrix input;
    private final Matrix output;
    private final @Nullable Matrix outputGradient;
    private final int[] tokens;
    private final Matrix[] gradientParts; // columns, so that each thread adds all rows of its own
    private final Matrix[] outputParts;
    private final IntConsumer addRows = this::addRows;

    Pass(StepPlan plan, Matrix input, Mode mode, Memory memory) {
      this.plan = plan;
      this.input = input;
      output = memory.matrix(input.rows(), outputSize());
      tokens = new int[input.rows()];
      int parts = mode == Mode.TRAINING ? Math.min(execution.threads(), outputSize()) : 0;
      outputGradient = mode == Mode.TRAINING ? memory.matrix(input.rows(), outputSize()) : null;
      gradientParts = new Matrix[parts];
      outputParts = new Matrix[parts];
      for (int part = 0; part < parts; part++) {
        int from = Parts.bound(outputSize(), parts, part);
        int count = Parts.bound(outputSize(), parts, part + 1) - from;
        gradientParts[part] = weight.gradient().columns(from, count);
        outputParts[part] = Objects.requireNonNull(outputGradient).columns(from, count);
      }
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
      for (int t = 0; t < plan.longest(); t++) {
        for (int p = 0; p < plan.active(t); p++) {
          int row = plan.offset(t) + p;
          int token = token(input.get(row, 0), plan.sequence(p), t);
          tokens[row] = token == padding ? -1 : token;
          output.copyRow(row, weight.value(), token);
        }
      }
    }

    private int token(float id, int sequence, int step) {
      int token = (int) id;
      if (token != id || token < 0 || token >= entries()) {
        throw new IllegalArgumentException(
            weight.name() + ": token " + (token == id ? String.valueOf(token) : String.valueOf(id)) + " of sequence "
                + sequence + ", step " + step + "; expected a whole number, 0 to " + (entries() - 1));
      }
      return token;
    }

    @Override
    public void backward(boolean needsInput) {
      if (weight.trainable()) {
        execution.workers().run(gradientParts.length, addRows);
      }
    }

    private void addRows(int part) {
      execution.kernels().addRows(gradientParts[part], tokens, outputParts[part]);
    }
  }
}
