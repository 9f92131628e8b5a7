package io.github.lstm4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.data.Series;
import io.github.lstm4j.data.WindowBatches;
import io.github.lstm4j.data.WindowShape;
import io.github.lstm4j.data.Windows;
import io.github.lstm4j.loss.MeanSquaredError;
import io.github.lstm4j.memory.Tensor;
import io.github.lstm4j.model.SequenceModel;
import io.github.lstm4j.model.Session;
import io.github.lstm4j.train.Clipping;
import io.github.lstm4j.train.History;
import io.github.lstm4j.train.Trainer;
import io.github.lstm4j.train.TrainerOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's example of the library, which runs. Between the two marks it stands there line by line. */
final class ReadmeExampleTest {
  @TempDir private Path folder;

  @Test
  void runs() throws IOException {
    Path file = folder.resolve("sine.safetensors");
    // README: from here
    double[] sine = IntStream.range(0, 400).mapToDouble(t -> Math.sin(2 * Math.PI * t / 20)).toArray();
    Windows windows = Windows.over(Series.of("y", sine), WindowShape.of(List.of("y"), List.of("y"), 10));
    Windows training = windows.targetsWithin(0, 300);
    Windows validation = windows.targetsWithin(300, 400);

    try (SequenceModel model =
        SequenceModel.builder(1).lstm("rnn", 8).lastStep().linear("head", 1).seed(7).threads(2).build()) {
      System.out.println(model.summary());

      TrainerOptions options =
          new TrainerOptions(new MeanSquaredError())
              .rate(1e-2)
              .clipping(new Clipping.ByNorm(1))
              .epochs(30)
              .validation(new WindowBatches(validation, 32, 0))
              .patience(5);
      History history = new Trainer(model, options).fit(new WindowBatches(training, 32, 7));
      System.out.println("mean squared error " + history.best().validationLoss());

      float[] past = new float[10];
      validation.copyInput(0, past, 0);
      Tensor next = model.predict(Tensor.of(past, 1, 10, 1)); // [batch, steps, features] -> [batch, outputs]

      float[] y = new float[1];
      try (Session stream = model.session(1)) { // value by value, the state kept in between: the same bits
        for (float x : past) {
          stream.step(new float[] {x}, y);
        }
      }
      model.save(file, Map.of());
      try (SequenceModel opened = SequenceModel.open(file)) {
        System.out.println(opened.predict(Tensor.of(past, 1, 10, 1)).get(0, 0) + " = " + y[0]);
      }
      // README: to here
      assertArrayEquals(next.data(), y);
      try (SequenceModel opened = SequenceModel.open(file)) {
        assertArrayEquals(next.data(), opened.predict(Tensor.of(past, 1, 10, 1)).data());
      }
      // Saying again what was last seen is wrong by 2·sin²(π/20) = 0.049 on average; see LearningTest.
      assertTrue(history.best().validationLoss() < 0.049 / 20, "learnt: " + history.best().validationLoss());
      assertEquals(sine[300], next.get(0, 0), Math.sqrt(0.049), "closer than repeating the past is on average");
    }
  }
}
