package io.github.lstm4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.lstm4j.data.Batch;
import io.github.lstm4j.data.BatchSource;
import io.github.lstm4j.layer.CellKind;
import io.github.lstm4j.layer.Parameter;
import io.github.lstm4j.layer.RecurrentOptions;
import io.github.lstm4j.loss.CrossEntropy;
import io.github.lstm4j.memory.Tensor;
import io.github.lstm4j.model.SequenceModel;
import io.github.lstm4j.oracle.GoldenFile;
import io.github.lstm4j.oracle.ReferenceCases;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Trainings that PyTorch ran in float64: embedding → recurrent stack → linear → cross-entropy, truncated BPTT with the
 * state carried, each optimizer.
 */
public class TrajectoryTest {
  /**
   * The largest error of a final parameter in PyTorch's float32 run: src/test/python/trajectory_errors.py prints them.
   */
  private static final Map<String, Double> TORCH_FINAL_ERRORS =
      Map.of(
          "train-0-lstm-sgd.safetensors", 4.77e-7,
          "train-1-gru-sgd.safetensors", 9.54e-7,
          "train-2-lstm-adam.safetensors", 4.77e-7,
          "train-3-rnn-adamw.safetensors", 1.19e-6,
          "train-4-lstm-rmsprop.safetensors", 3.58e-7,
          "train-5-gru-adagrad.safetensors", 7.21e-6,
          "train-6-lstm-adam.safetensors", 7.15e-7,
          "train-gru-sgd.safetensors", 7.15e-7,
          "train-lstm-adam.safetensors", 2.38e-7);

  @Test
  void ownTrajectories() {
    List<GoldenFile> files = ReferenceCases.own().stream().filter(GoldenFile::isTrajectory).toList();
    assertEquals(2, files.size());
    files.forEach(TrajectoryTest::check);
  }

  @Test
  void sharedTrajectories() {
    List<GoldenFile> files = ReferenceCases.shared().stream().filter(GoldenFile::isTrajectory).toList();
    assumeFalse(files.isEmpty(), "the shared reference cases are not beside this project");
    assertEquals(7, files.size());
    files.forEach(TrajectoryTest::check);
  }

  private static void check(GoldenFile file) {
    int vocabulary = file.integer("vocab");
    try (SequenceModel model =
        SequenceModel.builder(1)
            .embedding("embedding", vocabulary, file.integer("embedding"))
            .recurrent(
                "rnn",
                size -> RecurrentOptions.of(cell(file), size, file.integer("hidden_size"))
                    .withLayers(file.integer("num_layers")))
            .linear("head", vocabulary)
            .threads(2)
            .build()) {
      for (Parameter parameter : model.parameters()) {
        parameter.set(tensor(file, "init." + parameter.name()));
      }
      for (String unsupported : List.of("betas", "eps", "initial_accumulator_value")) {
        assertTrue(file.optionalMetadata("optimizer." + unsupported).isEmpty(), file + " sets " + unsupported);
      }
      TrainerOptions options =
          new TrainerOptions(new CrossEntropy()).rate(Double.parseDouble(file.metadata("optimizer.lr")));
      options.optimizer(optimizer(file));
      double clip = Double.parseDouble(file.metadata("clip_norm"));
      if (clip > 0) {
        options.clipping(new Clipping.ByNorm(clip));
      }
      History history = new Trainer(model, options).fit(BatchSource.of(batches(file)));
      checkUpdates(file, history, clip > 0);
      model.parameters().forEach(parameter -> checkFinal(file, parameter));
    }
  }

  /** Losses within four times PyTorch's own float32 error of the trajectory; norms by the same relative measure. */
  private static void checkUpdates(GoldenFile file, History history, boolean clipped) {
    double bound = Math.max(4 * Double.parseDouble(file.metadata("torch_float32_max_rel_loss_error")), 1e-6);
    double[] losses = file.tensor("out.loss");
    double[] norms = file.tensor("out.grad_norm");
    assertEquals(file.integer("updates"), history.updates().size());
    for (UpdateRecord update : history.updates()) {
      int u = (int) update.update();
      assertTrue(
          Math.abs(update.loss() - losses[u]) <= bound * losses[u],
          () -> file + ": loss of update " + u + " is " + update.loss() + ", PyTorch's " + losses[u]);
      assertTrue(
          !clipped || Math.abs(update.gradientNorm() - norms[u]) <= bound * norms[u],
          () -> file + ": norm of update " + u + " is " + update.gradientNorm() + ", PyTorch's " + norms[u]);
    }
  }

  /**
   * Final parameters within four times PyTorch's own float32 error of the trajectory, or an ulp of the largest value an
   * update, if that is more: half an ulp for rounding the value, as much for the step. The former is the larger where
   * an optimizer divides by the root of few small squares, so that rounding of a small gradient makes a large step.
   */
  private static void checkFinal(GoldenFile file, Parameter parameter) {
    double[] expected = file.tensor("final." + parameter.name());
    float[] actual = parameter.value().toArray();
    double largest = 1;
    for (double value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    double rounding = file.integer("updates") * (double) Math.ulp((float) largest);
    double torch = Objects.requireNonNull(TORCH_FINAL_ERRORS.get(file.name()), file.name());
    double bound = Math.max(4 * torch, rounding);
    for (int i = 0; i < actual.length; i++) {
      int index = i;
      assertTrue(
          Math.abs(actual[i] - expected[i]) <= bound,
          () -> file + ": final " + parameter.name() + "[" + index + "] is " + actual[index] + ", PyTorch's "
              + expected[index] + ", bound " + bound);
    }
  }

  private static CellKind cell(GoldenFile file) {
    return switch (file.metadata("cell")) {
      case "lstm" -> CellKind.LSTM;
      case "gru" -> CellKind.GRU;
      default -> CellKind.RNN_TANH;
    };
  }

  private static Tensor tensor(GoldenFile file, String name) {
    double[] values = file.tensor(name);
    float[] data = new float[values.length];
    for (int i = 0; i < data.length; i++) {
      data[i] = (float) values[i];
    }
    return Tensor.of(data, file.shape(name).stream().mapToInt(Integer::intValue).toArray());
  }

  /** Tokens [update, batch, steps + 1]: inputs are all but the last of a row, targets all but the first. */
  private static List<Batch> batches(GoldenFile file) {
    int size = file.integer("batch");
    int steps = file.integer("steps");
    long[] tokens = file.integers("in.tokens");
    List<Batch> batches = new ArrayList<>();
    for (int u = 0; u < file.integer("updates"); u++) {
      Tensor input = Tensor.zeros(size, steps, 1);
      Tensor target = Tensor.zeros(size, steps, 1);
      for (int b = 0; b < size; b++) {
        for (int t = 0; t < steps; t++) {
          int at = (u * size + b) * (steps + 1) + t;
          input.data()[b * steps + t] = tokens[at];
          target.data()[b * steps + t] = tokens[at + 1];
        }
      }
      Batch batch = Batch.of(input, target);
      batches.add(u == 0 ? batch : batch.continuing());
    }
    return batches;
  }

  private static OptimizerOptions optimizer(GoldenFile file) {
    double decay = number(file, "weight_decay", 0);
    double momentum = number(file, "momentum", 0);
    return switch (file.metadata("optimizer")) {
      case "SGD" -> new Sgd.Options(momentum, number(file, "dampening", 0), decay, truth(file, "nesterov"));
      case "Adam" -> new Adam.Options(0.9, 0.999, 1e-8, decay, false, truth(file, "amsgrad"));
      case "AdamW" -> Adam.Options.ADAMW.withWeightDecay(number(file, "weight_decay", 1e-2));
      case "RMSprop" ->
          new RmsProp.Options(number(file, "alpha", 0.99), 1e-8, decay, momentum, truth(file, "centered"));
      case "Adagrad" -> new Adagrad.Options(number(file, "lr_decay", 0), decay, 0, 1e-10);
      default -> throw new IllegalArgumentException(file + ": optimizer " + file.metadata("optimizer"));
    };
  }

  private static double number(GoldenFile file, String option, double otherwise) {
    return file.optionalMetadata("optimizer." + option).map(Double::parseDouble).orElse(otherwise);
  }

  private static boolean truth(GoldenFile file, String option) {
    return file.optionalMetadata("optimizer." + option).map("True"::equals).orElse(false);
  }
}
