package io.github.lstm4j.oracle;

/** A step of nn.GRU: n = tanh(W_in·x + b_in + r⊙(W_hn·h + b_hn)), h = (1 − z)⊙n + z⊙h. */
final class GruStep implements CellStep {
  private final DirectionParameters p;
  private final Reals x;
  private final Reals hPrev;
  private final Reals reset;
  private final Reals update;
  private final Reals candidate;
  private final Reals recurrent; // W_hn·h + b_hn
  private final Reals h;

  GruStep(DirectionParameters p, Reals x, Reals hPrev) {
    this.p = p;
    this.x = x;
    this.hPrev = hPrev;
    int units = p.hiddenSize();
    // r and z are activations of one sum over both sides; n keeps the sides apart.
    Reals both = p.inputSums(x).addProduct(p.weightHh, hPrev).add(p.biasHh).result();
    Reals inputSide = p.inputSums(x).result();
    Reals hiddenSide = new Sums(3 * units).addProduct(p.weightHh, hPrev).add(p.biasHh).result();
    recurrent = hiddenSide.slice(2 * units, units);
    reset = Reals.zeros(units);
    update = Reals.zeros(units);
    candidate = Reals.zeros(units);
    h = Reals.zeros(units);
    for (int u = 0; u < units; u++) {
      Approx r = both.at(u).sigmoid();
      Approx z = both.at(units + u).sigmoid();
      Approx n = inputSide.at(2 * units + u).plus(r.times(recurrent.at(u))).tanh();
      reset.set(u, r);
      update.set(u, z);
      candidate.set(u, n);
      h.set(u, z.blend(n, hPrev.at(u)));
    }
  }

  @Override
  public StateGradients backward(Reals dh, Reals dc, Sums dx) {
    int units = p.hiddenSize();
    Reals dInputSums = Reals.zeros(3 * units);
    Reals dHiddenSums = Reals.zeros(3 * units);
    Reals kept = Reals.zeros(units);
    for (int u = 0; u < units; u++) {
      Approx r = reset.at(u);
      Approx z = update.at(u);
      Approx n = candidate.at(u);
      Approx dN = dh.at(u).times(z.oneMinus()).times(n.tanhSlope());
      Approx dR = dN.times(recurrent.at(u)).times(r.sigmoidSlope());
      Approx dZ = dh.at(u).times(hPrev.at(u).minus(n)).times(z.sigmoidSlope());
      dInputSums.set(u, dR);
      dInputSums.set(units + u, dZ);
      dInputSums.set(2 * units + u, dN);
      dHiddenSums.set(u, dR);
      dHiddenSums.set(units + u, dZ);
      dHiddenSums.set(2 * units + u, dN.times(r));
      kept.set(u, dh.at(u).times(z));
    }
    p.addGradients(dInputSums, dHiddenSums, x, hPrev, dx);
    Sums dhPrev = new Sums(units).addTransposedProduct(p.weightHh, dHiddenSums).add(kept);
    return new StateGradients(dhPrev, dc);
  }

  @Override
  public Reals h() {
    return h;
  }

  @Override
  public Reals c() {
    return Reals.zeros(0);
  }
}
