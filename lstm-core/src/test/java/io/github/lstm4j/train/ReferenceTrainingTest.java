package io.github.lstm4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.data.Batch;
import io.github.lstm4j.data.BatchSource;
import io.github.lstm4j.io.SafetensorsFile;
import io.github.lstm4j.layer.Parameter;
import io.github.lstm4j.loss.MeanSquaredError;
import io.github.lstm4j.memory.Tensor;
import io.github.lstm4j.model.SequenceModel;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * A training run against PyTorch's in float64, as close as PyTorch's own float32 run comes to it, within a factor of 4.
 */
final class ReferenceTrainingTest {
  private static final String FILE = "/reference-training/lstm-mse-adam.safetensors";

  private static double bound(SafetensorsFile file, String key) {
    return Math.max(4 * Double.parseDouble(Objects.requireNonNull(file.metadata().get(key))), 1e-6);
  }

  @Test
  void followsPyTorch() throws IOException, URISyntaxException {
    URL url = Objects.requireNonNull(ReferenceTrainingTest.class.getResource(FILE));
    Path path = Path.of(url.toURI());
    try (SafetensorsFile file = SafetensorsFile.open(path);
        SequenceModel model = SequenceModel.builder(3).lstm("rnn", 5, o -> o).linear("head", 2).threads(2).build()) {
      assertEquals(List.of(), model.load(path, Map.of("init.", ""), false).missing());
      BatchSource source = BatchSource.of(List.of(Batch.of(file.tensor("in.x"), file.tensor("in.target"))));
      TrainerOptions options =
          new TrainerOptions(new MeanSquaredError()).rate(1e-2).clipping(new Clipping.ByNorm(1)).updates(20);
      History history = new Trainer(model, options).fit(source);

      Tensor losses = file.tensor("out.loss");
      Tensor norms = file.tensor("out.grad_norm");
      double bound = bound(file, "torch_float32_max_rel_loss_error");
      double normBound = bound(file, "torch_float32_max_rel_norm_error");
      assertEquals(20, history.updates().size());
      for (UpdateRecord update : history.updates()) {
        int u = (int) update.update();
        assertTrue(
            Math.abs(update.loss() - losses.get(u)) <= bound * losses.get(u),
            () -> "loss of update " + u + ": " + update.loss() + ", PyTorch's " + losses.get(u));
        assertTrue(
            Math.abs(update.gradientNorm() - norms.get(u)) <= normBound * norms.get(u),
            () -> "norm of update " + u + ": " + update.gradientNorm() + ", PyTorch's " + norms.get(u));
      }
      double most = bound(file, "torch_float32_max_abs_parameter_error");
      for (Parameter parameter : model.parameters()) {
        float[] expected = file.tensor("final." + parameter.name()).data();
        float[] actual = parameter.value().toArray();
        for (int i = 0; i < expected.length; i++) {
          assertEquals(expected[i], actual[i], most, parameter.name() + " element " + i);
        }
      }
    }
  }
}
