package io.github.lstm4j.oracle;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * nn.LSTM, nn.GRU and nn.RNN of PyTorch in double precision, forward and backward, a sequence and a step at a time.
 *
 * <p>Every result also carries a bound for a float32 implementation, see {@link Approx} and {@link Sums}: the same code
 * evaluates the value and, beside it, how far rounding can have moved it. Bounds take inputs and parameters as exact,
 * which they are where the implementation was fed the same float32 numbers.
 */
public final class RecurrentOracle {
  private final OracleCase values;
  private final RecurrentConfig config;
  private final List<LayerRun> layers = new ArrayList<>();
  private final Map<String, Reals> results = new LinkedHashMap<>();

  private RecurrentOracle(OracleCase values) {
    this.values = values;
    this.config = values.config();
  }

  /**
   * Runs a case forward and backward.
   *
   * @param values the case
   * @return outputs and gradients
   */
  public static Result run(OracleCase values) {
    RecurrentOracle oracle = new RecurrentOracle(values);
    oracle.forward();
    oracle.backward();
    return new Result(oracle.results, oracle.loss());
  }

  /**
   * The loss alone, and which elements of all hidden states are positive: for ReLU, on which side of its kink each is.
   */
  static Loss loss(OracleCase values) {
    RecurrentOracle oracle = new RecurrentOracle(values);
    oracle.forward();
    BitSet signs = new BitSet();
    int bit = 0;
    for (LayerRun layer : oracle.layers) {
      bit = layer.appendSigns(signs, bit);
    }
    return new Loss(oracle.loss(), signs);
  }

  /**
   * See {@link #loss(OracleCase)}.
   *
   * @param value the loss
   * @param positive the signs of all hidden states
   */
  record Loss(double value, BitSet positive) {}

  private void forward() {
    List<List<Reals>> sequences = sequences("in.x");
    Reals hn = zeros("out.hn");
    Reals cn = config.hasCellState() ? zeros("out.cn") : Reals.zeros(0, 0);
    for (int layer = 0; layer < config.layers(); layer++) {
      LayerRun run = new LayerRun(values, layer, sequences);
      sequences = run.outputs();
      run.putStates(hn, cn);
      layers.add(run);
    }
    results.put("out.y", padded("out.y", sequences));
    results.put("out.hn", hn);
    if (config.hasCellState()) {
      results.put("out.cn", cn);
    }
  }

  private void backward() {
    List<List<Reals>> gradients = sequences("seed.y");
    Reals dh0 = zeros("grad.h0");
    Reals dc0 = config.hasCellState() ? zeros("grad.c0") : Reals.zeros(0, 0);
    Map<String, Reals> ofParameters = new LinkedHashMap<>();
    for (LayerRun layer : layers.reversed()) {
      gradients = layer.backward(gradients, values, dh0, dc0, ofParameters);
    }
    results.put("grad.x", padded("grad.x", gradients));
    results.put("grad.h0", dh0);
    if (config.hasCellState()) {
      results.put("grad.c0", dc0);
    }
    ofParameters.forEach((name, gradient) -> results.put("grad." + name, gradient));
  }

  /** sum(seed.y⊙y) + sum(seed.hn⊙hn) + sum(seed.cn⊙cn). */
  private double loss() {
    double sum = 0;
    for (String name : config.hasCellState() ? List.of("y", "hn", "cn") : List.of("y", "hn")) {
      Reals seed = values.reals("seed." + name);
      Reals output = Result.required(results, "out." + name);
      for (int i = 0; i < seed.size(); i++) {
        sum += seed.value(i) * output.value(i);
      }
    }
    return sum;
  }

  private Reals zeros(String name) {
    List<Integer> shape = config.shape(name);
    return Reals.zeros(config.size(name) / shape.getLast(), shape.getLast());
  }

  /** A tensor [batch, steps, ·] as lists [sequence][time step] of vectors, cut to each sequence's length. */
  private List<List<Reals>> sequences(String name) {
    Reals rows = values.reals(name);
    List<List<Reals>> sequences = new ArrayList<>();
    for (int b = 0; b < config.batch(); b++) {
      List<Reals> steps = new ArrayList<>();
      for (int t = 0; t < config.length(b); t++) {
        steps.add(rows.row(b * config.steps() + t));
      }
      sequences.add(steps);
    }
    return sequences;
  }

  /** The way back, with zeros past each length. */
  private Reals padded(String name, List<List<Reals>> sequences) {
    Reals all = zeros(name);
    for (int b = 0; b < config.batch(); b++) {
      for (int t = 0; t < config.length(b); t++) {
        all.set((b * config.steps() + t) * all.columns(), sequences.get(b).get(t));
      }
    }
    return all;
  }
}
