package io.github.lstm4j.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lstm4j.kernels.scalar.ScalarKernels;
import io.github.lstm4j.layer.Execution;
import io.github.lstm4j.layer.Parameter;
import io.github.lstm4j.layer.ParameterSpec;
import io.github.lstm4j.layer.Parameters;
import io.github.lstm4j.memory.Memory;
import io.github.lstm4j.testing.Drawn;
import io.github.lstm4j.testing.OnThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What an update does besides the passes, shared among threads: the same bits as on one. */
class SharedStepTest {
  private static final List<OptimizerOptions> OPTIMIZERS =
      List.of(
          Sgd.Options.DEFAULT,
          new Sgd.Options(0.9, 0.4, 0.1, false),
          Adam.Options.DEFAULT,
          new Adam.Options(0.8, 0.9, 1e-8, 0.1, true, true),
          RmsProp.Options.DEFAULT,
          new RmsProp.Options(0.9, 1e-3, 0.1, 0.5, true),
          new Adagrad.Options(0.2, 0.1, 0.5, 1e-3));

  /** Vectors, few rows, many, short and long ones; one of them alone is worth sharing, or (shape 0) none is. */
  private static List<ParameterSpec> shapes(SplittableRandom random, int large, long worth) {
    int half = (int) worth / 2;
    List<ParameterSpec> specs = new ArrayList<>();
    List<List<Integer>> sizes = List.of(List.of(3), List.of(2 * half), List.of(2, half + 1), List.of(half / 50, 101));
    specs.add(new ParameterSpec("large", sizes.get(large)));
    for (int i = random.nextInt(5); i > 0; i--) {
      int columns = random.nextInt(1, 70);
      specs.add(
          random.nextBoolean()
              ? new ParameterSpec("vector" + i, List.of(columns))
              : new ParameterSpec("matrix" + i, List.of(random.nextInt(1, 12), columns)));
    }
    return specs;
  }

  private static void draw(Parameter parameter, long seed) {
    parameter.gradient()
        .copyFrom(Drawn.tensor(seed + parameter.name().hashCode(), (int) parameter.elements()).data(), 0);
  }

  private static String bits(Parameters parameters) {
    StringBuilder bits = new StringBuilder();
    for (Parameter parameter : parameters.all()) {
      int hash = 0;
      for (float x : parameter.value().toArray()) {
        hash = 31 * hash + Float.floatToIntBits(x);
      }
      bits.append(parameter).append(' ').append(hash).append('\n');
    }
    return bits.toString();
  }

  @Property(tries = 40)
  void everyOptimizer(
      @ForAll @IntRange(max = 6) int optimizer, @ForAll @IntRange(max = 3) int large, @ForAll long seed) {
    List<ParameterSpec> specs = shapes(new SplittableRandom(seed), large, ElementwiseOptimizer.WORTH_SHARING);
    OnThreads.same(
        execution -> {
          try (Parameters parameters = Parameters.allocate(specs);
              Optimizer shared = OPTIMIZERS.get(optimizer).create(execution)) {
            parameters.allocateGradients();
            List<Parameter> all = List.copyOf(parameters.all());
            for (int update = 0; update < 3; update++) {
              long drawn = seed + update;
              all.forEach(parameter -> draw(parameter, drawn));
              all.getLast().trainable(update != 1); // passed over once
              shared.step(all, 0.05, 0.5f);
            }
            return bits(parameters);
          }
        });
  }

  @Property(tries = 60)
  void norm(@ForAll @IntRange(max = 3) int large, @ForAll long seed) {
    List<ParameterSpec> specs = shapes(new SplittableRandom(seed), large, GradientNorm.WORTH_SHARING);
    try (Parameters parameters = Parameters.allocate(specs)) {
      parameters.allocateGradients();
      List<Parameter> all = List.copyOf(parameters.all());
      all.forEach(parameter -> draw(parameter, seed));
      all.getLast().trainable(specs.size() % 2 == 0);
      double sum = 0;
      for (Parameter parameter : all) {
        sum += parameter.trainable() ? new ScalarKernels().sumOfSquares(parameter.gradient()) : 0;
      }
      assertEquals(Math.sqrt(sum), OnThreads.same(execution -> Clipping.globalNorm(execution, all)));
    }
  }

  @Test
  void allThreadsTakePartWhereItIsWorthIt() {
    assertEquals(3, callers("adam", 100, 200));
    assertEquals(3, callers("adam", 1, 20_000));
    assertEquals(3, callers("adam", 2, 10_000));
    assertEquals(1, callers("adam", 100, 100));
  }

  private static int callers(String operation, int rows, int columns) {
    Set<Thread> callers = ConcurrentHashMap.newKeySet();
    try (Parameters parameters = Parameters.allocate(List.of(new ParameterSpec("p", List.of(rows, columns))));
        Execution execution = new Execution(OnThreads.watched(operation, callers), 3);
        Optimizer adam = Adam.Options.DEFAULT.create(execution)) {
      parameters.allocateGradients();
      adam.step(List.copyOf(parameters.all()), 0.1, 1);
      return callers.size();
    }
  }

  /**
   * A model opened anew has other storage under the same names: that is what a step writes to, with the state so far.
   */
  @Test
  void theStateIsOfTheNameTheStorageOfTheParameter() {
    List<ParameterSpec> specs = List.of(new ParameterSpec("p", List.of(200, 100)));
    long before = Memory.liveBytes();
    try (Execution execution = new Execution(new ScalarKernels(), 2);
        Parameters first = Parameters.allocate(specs);
        Parameters second = Parameters.allocate(specs);
        Optimizer one = Adam.Options.DEFAULT.create(execution);
        Optimizer both = Adam.Options.DEFAULT.create(execution)) {
      first.allocateGradients();
      second.allocateGradients();
      Parameter p = first.get("p");
      Parameter q = second.get("p");
      draw(p, 1);
      draw(q, 1);
      both.step(List.of(p), 0.1, 1);
      q.value().copyFrom(p.value());
      both.step(List.of(q), 0.1, 1);
      p.value().fill(0f);
      one.step(List.of(p), 0.1, 1);
      one.step(List.of(p), 0.1, 1);
      assertArrayEquals(p.value().toArray(), q.value().toArray());
    }
    assertEquals(before, Memory.liveBytes());
  }

  @Test
  void anotherShapeUnderTheNameIsRefused() {
    try (Execution execution = new Execution(new ScalarKernels(), 2);
        Parameters first = Parameters.allocate(List.of(new ParameterSpec("p", List.of(200, 100))));
        Parameters second = Parameters.allocate(List.of(new ParameterSpec("p", List.of(100, 100))));
        Optimizer adam = Adam.Options.DEFAULT.create(execution)) {
      first.allocateGradients();
      second.allocateGradients();
      adam.step(List.of(first.get("p")), 0.1, 1);
      assertEquals(
          "parameter p has the shape [100, 100]; the optimizer's state is of [200, 100]",
          assertThrows(IllegalArgumentException.class, () -> adam.step(List.of(second.get("p")), 0.1, 1)).getMessage());
    }
  }
}
