package io.github.lstm4j.cli.lesson;

/**
 * An LSTM cell of one unit in double precision, without the library: what one would do on paper, forwards and
 * backwards. The numbers of a gate stand in the order i, f, g, o.
 *
 * @param weightIh what the input is multiplied by, [4]
 * @param weightHh what the last output is multiplied by, [4]
 * @param bias [4]
 */
@SuppressWarnings("ArrayRecordComponent") // numbers on paper, never compared
record HandCell(double[] weightIh, double[] weightHh, double[] bias) {
  /**
   * One step.
   *
   * @param x the input
   * @param gates i, f, g, o
   * @param cPrev the cell state before
   * @param hPrev the output before
   * @param c the cell state after
   * @param h the output after
   */
  record Step(double x, double[] gates, double cPrev, double hPrev, double c, double h) {}

  /**
   * What the last output changes by, for each number that went in.
   *
   * @param weightIh [4]
   * @param weightHh [4]
   * @param bias [4]
   * @param x a number for each step
   * @param h0 of the first hidden state
   * @param c0 of the first cell state
   */
  record Gradients(double[] weightIh, double[] weightHh, double[] bias, double[] x, double h0, double c0) {}

  // tutorial: hand-forward
  Step[] forward(double[] inputs, double h, double c) {
    Step[] steps = new Step[inputs.length];
    for (int t = 0; t < steps.length; t++) {
      double[] sums = new double[4];
      for (int k = 0; k < 4; k++) {
        sums[k] = weightIh[k] * inputs[t] + weightHh[k] * h + bias[k];
      }
      double i = sigmoid(sums[0]);
      double f = sigmoid(sums[1]);
      double g = Math.tanh(sums[2]);
      double o = sigmoid(sums[3]);
      double cNext = f * c + i * g;
      double hNext = o * Math.tanh(cNext);
      steps[t] = new Step(inputs[t], new double[] {i, f, g, o}, c, h, cNext, hNext);
      c = cNext;
      h = hNext;
    }
    return steps;
  }
  // tutorial: end

  // tutorial: hand-backward
  Gradients backward(Step[] steps) {
    double[] dWeightIh = new double[4];
    double[] dWeightHh = new double[4];
    double[] dBias = new double[4];
    double[] dX = new double[steps.length];
    double dh = 1; // of the last output
    double dc = 0;
    for (int t = steps.length - 1; t >= 0; t--) {
      Step s = steps[t];
      double i = s.gates[0];
      double f = s.gates[1];
      double g = s.gates[2];
      double o = s.gates[3];
      double tanhC = Math.tanh(s.c);
      dc += dh * o * (1 - tanhC * tanhC); // h = o·tanh(c)
      double[] dSums = {
        dc * g * i * (1 - i), dc * s.cPrev * f * (1 - f), dc * i * (1 - g * g), dh * tanhC * o * (1 - o)
      };
      dh = 0;
      for (int k = 0; k < 4; k++) {
        dWeightIh[k] += dSums[k] * s.x;
        dWeightHh[k] += dSums[k] * s.hPrev;
        dBias[k] += dSums[k];
        dX[t] += dSums[k] * weightIh[k];
        dh += dSums[k] * weightHh[k];
      }
      dc *= f; // c = f·cPrev + i·g: the only way back that no weight squeezes
    }
    return new Gradients(dWeightIh, dWeightHh, dBias, dX, dh, dc);
  }
  // tutorial: end

  static double sigmoid(double z) {
    return 1 / (1 + Math.exp(-z));
  }
}
