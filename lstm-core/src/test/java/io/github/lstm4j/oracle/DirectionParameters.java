package io.github.lstm4j.oracle;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters of one layer and direction, and their gradients as they add up over sequences and steps. */
final class DirectionParameters {
  private final RecurrentConfig config;
  private final String suffix;

  final Reals weightIh; // (G·H, input)
  final Reals weightHh; // (G·H, R)
  final Reals biasIh; // (G·H); zeros without biases
  final Reals biasHh;
  final @Nullable Reals weightHr; // (P, H)

  final Sums dWeightIh;
  final Sums dWeightHh;
  final Sums dBiasIh;
  final Sums dBiasHh;
  final Sums dWeightHr;

  DirectionParameters(OracleCase values, int layer, int direction) {
    config = values.config();
    suffix = RecurrentConfig.suffix(layer, direction);
    weightIh = values.reals("weight_ih" + suffix);
    weightHh = values.reals("weight_hh" + suffix);
    int rows = weightIh.rows();
    biasIh = config.bias() ? values.reals("bias_ih" + suffix) : Reals.zeros(rows);
    biasHh = config.bias() ? values.reals("bias_hh" + suffix) : Reals.zeros(rows);
    weightHr = config.projSize() > 0 ? values.reals("weight_hr" + suffix) : null;
    dWeightIh = new Sums(rows, weightIh.columns());
    dWeightHh = new Sums(rows, weightHh.columns());
    dBiasIh = new Sums(rows);
    dBiasHh = new Sums(rows);
    dWeightHr = new Sums(config.projSize(), config.hiddenSize());
  }

  int hiddenSize() {
    return config.hiddenSize();
  }

  /** The sums before activation that belong to the input: W_ih·x + b_ih. */
  Sums inputSums(Reals x) {
    return new Sums(weightIh.rows()).addProduct(weightIh, x).add(biasIh);
  }

  /** Adds what the gradients of the two sides' sums before activation mean for the weights, and for x. */
  void addGradients(Reals dInputSums, Reals dHiddenSums, Reals x, Reals hPrev, Sums dx) {
    dWeightIh.addOuter(dInputSums, x);
    dWeightHh.addOuter(dHiddenSums, hPrev);
    dBiasIh.add(dInputSums);
    dBiasHh.add(dHiddenSums);
    dx.addTransposedProduct(weightIh, dInputSums);
  }

  void putGradients(Map<String, Reals> gradients) {
    gradients.put("weight_ih" + suffix, dWeightIh.result());
    gradients.put("weight_hh" + suffix, dWeightHh.result());
    if (config.bias()) {
      gradients.put("bias_ih" + suffix, dBiasIh.result());
      gradients.put("bias_hh" + suffix, dBiasHh.result());
    }
    if (weightHr != null) {
      gradients.put("weight_hr" + suffix, dWeightHr.result());
    }
  }
}
