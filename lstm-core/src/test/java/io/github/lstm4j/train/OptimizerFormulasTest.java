package io.github.lstm4j.train;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.testing.Drawn;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Optimizers against torch.optim's formulas in double precision, over 30 updates, within what float32 may cost. */
class OptimizerFormulasTest {
  private static final int UPDATES = 30;
  private static final int SIZE = 37;
  private static final double RATE = 0.05;
  private static final float SCALE = 0.5f;

  /** One element under an optimizer: its state, updated from gradient to gradient. */
  private abstract static class Element {
    Rounded x = Rounded.ZERO;
    int t;

    /** The direction that is multiplied with the rate and subtracted. */
    abstract Rounded direction(Rounded g);

    double decay() {
      return 0;
    }

    double rate() {
      return RATE;
    }

    void step(double gradient) {
      t++;
      Rounded g = Rounded.exact(gradient).times(Rounded.exact(SCALE));
      Rounded d = direction(decay() == 0 ? g : g.plus(Rounded.of(decay()).times(x)));
      x = x.minus(Rounded.of(rate()).times(d));
    }
  }

  private static Element sgd(Sgd.Options o) {
    return new Element() {
      private Rounded velocity = Rounded.ZERO;

      @Override
      double decay() {
        return o.weightDecay();
      }

      @Override
      Rounded direction(Rounded g) {
        if (o.momentum() == 0) {
          return g;
        }
        Rounded momentum = Rounded.of(o.momentum());
        velocity = t == 1 ? g : momentum.times(velocity).plus(Rounded.of(1 - o.dampening()).times(g));
        return o.nesterov() ? g.plus(momentum.times(velocity)) : velocity;
      }
    };
  }

  private static Element adam(Adam.Options o) {
    return new Element() {
      private Rounded m = Rounded.ZERO;
      private Rounded v = Rounded.ZERO;
      private Rounded largest = Rounded.ZERO;

      @Override
      double decay() {
        return o.decoupled() ? 0 : o.weightDecay();
      }

      @Override
      double rate() {
        return RATE / (1 - Math.pow(o.beta1(), t));
      }

      @Override
      void step(double gradient) {
        x = o.decoupled() ? x.times(Rounded.of(1 - RATE * o.weightDecay())) : x;
        super.step(gradient);
      }

      @Override
      Rounded direction(Rounded g) {
        m = m.towards(g, 1 - o.beta1());
        v = Rounded.of(o.beta2()).times(v).plus(Rounded.of(1 - o.beta2()).times(g).times(g));
        largest = v.value() > largest.value() ? new Rounded(v.value(), Math.max(v.error(), largest.error())) : largest;
        Rounded correction = Rounded.of(Math.sqrt(1 - Math.pow(o.beta2(), t)));
        Rounded root = (o.amsgrad() ? largest : v).root().over(correction);
        return m.over(root.plus(Rounded.of(o.epsilon())));
      }
    };
  }

  private static Element rmsProp(RmsProp.Options o) {
    return new Element() {
      private Rounded squares = Rounded.ZERO;
      private Rounded mean = Rounded.ZERO;
      private Rounded velocity = Rounded.ZERO;

      @Override
      double decay() {
        return o.weightDecay();
      }

      @Override
      Rounded direction(Rounded g) {
        Rounded gain = Rounded.of(1 - o.alpha());
        squares = Rounded.of(o.alpha()).times(squares).plus(gain.times(g).times(g));
        mean = mean.towards(g, 1 - o.alpha());
        Rounded v = o.centered() ? squares.minus(mean.times(mean)) : squares;
        velocity = Rounded.of(o.momentum()).times(velocity).plus(g.over(v.root().plus(Rounded.of(o.epsilon()))));
        return velocity;
      }
    };
  }

  private static Element adagrad(Adagrad.Options o) {
    return new Element() {
      private Rounded sum = Rounded.of(o.initial());

      @Override
      double decay() {
        return o.weightDecay();
      }

      @Override
      double rate() {
        return RATE / (1 + (t - 1) * o.rateDecay());
      }

      @Override
      Rounded direction(Rounded g) {
        sum = sum.plus(g.times(g));
        return g.over(sum.root().plus(Rounded.of(o.epsilon())));
      }
    };
  }

  private static Element element(OptimizerOptions options) {
    return switch (options) {
      case Sgd.Options o -> sgd(o);
      case Adam.Options o -> adam(o);
      case RmsProp.Options o -> rmsProp(o);
      case Adagrad.Options o -> adagrad(o);
      default -> throw new IllegalArgumentException("no formula for " + options);
    };
  }

  static List<Arguments> optimizers() {
    return List.of(
        Arguments.of(Sgd.Options.DEFAULT),
        Arguments.of(new Sgd.Options(0, 0, 0.1, false)),
        Arguments.of(new Sgd.Options(0.9, 0, 0, false)),
        Arguments.of(new Sgd.Options(0.9, 0.4, 0.1, false)),
        Arguments.of(new Sgd.Options(0.9, 0, 0.1, true)),
        Arguments.of(Adam.Options.DEFAULT),
        Arguments.of(new Adam.Options(0.8, 0.9, 1e-3, 0.1, false, true)),
        Arguments.of(Adam.Options.ADAMW),
        Arguments.of(new Adam.Options(0.8, 0.9, 1e-8, 0.1, true, true)),
        Arguments.of(new Adam.Options(0, 0.9, 1e-8, 0, false, false)),
        Arguments.of(RmsProp.Options.DEFAULT),
        Arguments.of(new RmsProp.Options(0.9, 1e-8, 0.1, 0.9, false)),
        Arguments.of(new RmsProp.Options(0.9, 1e-3, 0, 0, true)),
        Arguments.of(new RmsProp.Options(0.9, 1e-3, 0.1, 0.5, true)),
        Arguments.of(Adagrad.Options.DEFAULT),
        Arguments.of(new Adagrad.Options(0.2, 0.1, 0.5, 1e-3)));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void followsPyTorchsFormula(OptimizerOptions options) {
    float[] start = Drawn.tensor(1, SIZE).data();
    float[][] gradients = new float[UPDATES][];
    for (int t = 0; t < UPDATES; t++) {
      gradients[t] = Drawn.tensor(100 + t, SIZE).data();
    }
    float[][] actual = Steps.run(options, start, gradients, RATE, SCALE);
    double worst = 0;
    for (int i = 0; i < SIZE; i++) {
      Element element = element(options);
      element.x = Rounded.exact(start[i]);
      for (int t = 0; t < UPDATES; t++) {
        element.step(gradients[t][i]);
        double bound = 1.001 * element.x.error();
        double error = Math.abs(actual[t][i] - element.x.value());
        worst = Math.max(worst, bound);
        assertTrue(
            error <= bound,
            options + ", update " + (t + 1) + ", element " + i + ": error " + error + ", bound " + bound);
      }
    }
    double told = worst;
    assertTrue(worst < 1e-2 * RATE, () -> "a bound that tells something: " + told + " beside steps of " + RATE);
  }
}
