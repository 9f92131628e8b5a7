package io.github.lstm4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.github.lstm4j.memory.Memory;
import io.github.lstm4j.memory.Tensor;
import io.github.lstm4j.testing.Drawn;
import io.github.lstm4j.testing.ModelBits;
import io.github.lstm4j.testing.Refusal;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams. */
final class SessionTest {
  private static SequenceModel model(int layers, int proj, boolean head, int threads) {
    ModelBuilder builder =
        SequenceModel.builder(3).lstm("rnn", 7, o -> o.withLayers(layers).withProjSize(proj).withDropout(0.5f));
    return (head ? builder.linear("head", 2) : builder).seed(11).threads(threads).build();
  }

  /** All steps of a sequence [batch, steps, 3], one by one. */
  private static Tensor stream(Session session, Tensor x, int outputs) {
    int batch = x.size(0);
    int steps = x.size(1);
    Tensor y = Tensor.zeros(batch, steps, outputs);
    for (int t = 0; t < steps; t++) {
      Tensor in = Tensor.zeros(batch, 3);
      for (int b = 0; b < batch; b++) {
        System.arraycopy(x.data(), (b * steps + t) * 3, in.data(), b * 3, 3);
      }
      Tensor out = session.step(in);
      for (int b = 0; b < batch; b++) {
        System.arraycopy(out.data(), b * outputs, y.data(), (b * steps + t) * outputs, outputs);
      }
    }
    return y;
  }

  @ParameterizedTest
  @CsvSource({"1,0,true,1,1", "2,0,true,3,1", "3,0,false,3,1", "2,4,true,1,1", "3,4,false,3,2", "2,0,true,5,4"})
  void stepsEqualOnePass(int layers, int proj, boolean head, int batch, int threads) {
    long before = Memory.liveBytes();
    try (SequenceModel model = model(layers, proj, head, threads);
        Session session = model.session(batch)) {
      Tensor x = Drawn.tensor(layers, batch, 9, 3);
      Tensor whole = model.predict(x);
      ModelBits.assertSame(whole, stream(session, x, model.outputSize()), "streamed");
      session.reset();
      ModelBits.assertSame(whole, stream(session, x, model.outputSize()), "streamed again after a reset");
      Tensor goesOn = stream(session, x, model.outputSize());
      assertTrue(goesOn.data()[0] != whole.data()[0], "without a reset the state goes on");
    }
    assertEquals(before, Memory.liveBytes());
  }

  @Test
  void manySessionsShareAModel() throws Exception {
    int streams = 8;
    for (int threads : new int[] {1, 3}) {
      try (SequenceModel model = model(2, 0, true, threads);
          SequenceModel alone = model(2, 0, true, 1);
          ExecutorService pool = Executors.newFixedThreadPool(streams)) {
        List<Future<Tensor>> results = new ArrayList<>();
        for (int s = 0; s < streams; s++) {
          Tensor x = Drawn.tensor(s, 2, 60, 3);
          results.add(
              pool.submit(() -> {
                try (Session session = model.session(2)) {
                  return stream(session, x, 2);
                }
              }));
        }
        for (int s = 0; s < streams; s++) {
          ModelBits.assertSame(alone.predict(Drawn.tensor(s, 2, 60, 3)), results.get(s).get(), "stream " + s);
        }
      }
    }
  }

  @Test
  void aStreamCannotRunBackwards() {
    try (SequenceModel model =
        SequenceModel.builder(1).lstm("a", 2, o -> o).lstm("b", 2, o -> o.withBidirectional(true)).build()) {
      Refusal.of(IllegalStateException.class, () -> model.session(1), "layer b is bidirectional", "whole sequences");
    }
  }

  @Test
  void aSessionSaysWhatIsWrong() {
    Class<IllegalArgumentException> type = IllegalArgumentException.class;
    try (SequenceModel model = model(1, 0, true, 1)) {
      Refusal.of(type, () -> model.session(0), "batch 0");
      try (Session session = model.session(2)) {
        Refusal.of(type, () -> session.step(new float[5], new float[4]), "x has 5", "6 = 2 streams of 3");
        Refusal.of(type, () -> session.step(new float[6], new float[5]), "y has 5", "4 = 2 streams of 2");
        Refusal.of(type, () -> session.step(Tensor.zeros(3, 2)), "x has shape [3, 2]", "[2, 3]");
      }
    }
  }

  @Test
  void aRefusedStepLeavesTheState() {
    try (SequenceModel model = model(1, 0, true, 1);
        Session session = model.session(1);
        Session calm = model.session(1)) {
      Tensor x = Drawn.tensor(4, 1, 3);
      ModelBits.assertSame(calm.step(x), session.step(x), "first");
      Refusal.of(IllegalArgumentException.class, () -> session.step(new float[3], new float[9]), "y has 9");
      ModelBits.assertSame(calm.step(x), session.step(x), "after a refusal");
    }
  }

  @Test
  void aPoolingModelGivesEachStepsOutput() {
    try (SequenceModel model = SequenceModel.builder(3).lstm("rnn", 4, o -> o).lastStep().linear("h", 2).build();
        Session session = model.session(2)) {
      Tensor x = Drawn.tensor(6, 2, 5, 3);
      Tensor y = stream(session, x, 2);
      Tensor last = Tensor.of(new float[] {y.get(0, 4, 0), y.get(0, 4, 1), y.get(1, 4, 0), y.get(1, 4, 1)}, 2, 2);
      ModelBits.assertSame(model.predict(x), last, "after the last step");
    }
  }

  @Test
  void closingFrees() {
    try (SequenceModel model = model(2, 0, true, 1)) {
      model.predict(Tensor.zeros(1, 1, 3));
      long before = Memory.liveBytes();
      Session session = model.session(4);
      assertEquals(before + session.bytes(), Memory.liveBytes());
      assertTrue(session.bytes() > 0);
      session.close();
      session.close();
      assertEquals(before, Memory.liveBytes());
      Refusal.of(IllegalStateException.class, () -> session.step(new float[12], new float[8]), "closed");
    }
  }

  /**
   * Once everything is compiled, nothing is allocated: rounds are run until one is free of allocation, then more must
   * be. Until then the interpreter allocates what the compiler does away with (slices of segments).
   */
  @Test
  void stepsAllocateNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (SequenceModel model = model(2, 4, true, 1);
        Session session = model.session(3)) {
      float[] x = Drawn.tensor(1, 9).data();
      float[] y = new float[6];
      int free = 0;
      long last = -1;
      for (int round = 0; round < 60 && free < 3; round++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 2_000; i++) {
          session.step(x, y);
        }
        last = threads.getCurrentThreadAllocatedBytes() - before;
        free = last == 0 ? free + 1 : 0;
      }
      assertEquals(3, free, "rounds of 2000 steps without allocation; the last one allocated " + last + " bytes");
    }
  }

  @Test
  void whatNeedsWholeSequencesIsRefused() {
    try (SequenceModel mean = SequenceModel.builder(1).lstm("rnn", 3).meanOverTime().linear("head", 1).build();
        SequenceModel max = SequenceModel.builder(1).gru("rnn", 3).maxOverTime().linear("head", 1).build()) {
      Refusal.of(IllegalStateException.class, () -> mean.session(1), "mean over time", "whole sequences");
      Refusal.of(IllegalStateException.class, () -> max.session(1), "maximum over time", "whole sequences");
    }
  }

  @Test
  void aClosedModelSaysSo() {
    SequenceModel model = SequenceModel.builder(1).lstm("rnn", 3).build();
    model.close();
    Refusal.of(IllegalStateException.class, () -> model.session(1), "the model is closed");
  }
}
