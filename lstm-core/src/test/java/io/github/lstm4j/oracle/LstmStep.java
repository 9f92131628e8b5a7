package io.github.lstm4j.oracle;

/** A step of nn.LSTM: c = f⊙c + i⊙g, h = o⊙tanh(c), with a projection h = W_hr·(o⊙tanh(c)). */
final class LstmStep implements CellStep {
  private final DirectionParameters p;
  private final Reals x;
  private final Reals hPrev;
  private final Reals cPrev;
  private final Reals gates; // [4·H]: i, f, g, o, activated
  private final Reals c;
  private final Reals tanhC;
  private final Reals hidden; // [H], before the projection
  private final Reals h; // [R]

  LstmStep(DirectionParameters p, Reals x, Reals hPrev, Reals cPrev) {
    this.p = p;
    this.x = x;
    this.hPrev = hPrev;
    this.cPrev = cPrev;
    int units = p.hiddenSize();
    gates = p.inputSums(x).addProduct(p.weightHh, hPrev).add(p.biasHh).result();
    c = Reals.zeros(units);
    tanhC = Reals.zeros(units);
    hidden = Reals.zeros(units);
    for (int u = 0; u < units; u++) {
      Approx i = gates.at(u).sigmoid();
      Approx f = gates.at(units + u).sigmoid();
      Approx g = gates.at(2 * units + u).tanh();
      Approx o = gates.at(3 * units + u).sigmoid();
      gates.set(u, i);
      gates.set(units + u, f);
      gates.set(2 * units + u, g);
      gates.set(3 * units + u, o);
      c.set(u, f.times(cPrev.at(u)).plus(i.times(g)));
      tanhC.set(u, c.at(u).tanh());
      hidden.set(u, o.times(tanhC.at(u)));
    }
    h = p.weightHr == null ? hidden : new Sums(p.weightHr.rows()).addProduct(p.weightHr, hidden).result();
  }

  @Override
  public StateGradients backward(Reals dh, Reals dc, Sums dx) {
    int units = p.hiddenSize();
    Reals dHidden = dh;
    if (p.weightHr != null) {
      p.dWeightHr.addOuter(dh, hidden);
      dHidden = new Sums(units).addTransposedProduct(p.weightHr, dh).result();
    }
    Reals dGates = Reals.zeros(4 * units);
    Reals dcPrev = Reals.zeros(units);
    for (int u = 0; u < units; u++) {
      Approx i = gates.at(u);
      Approx f = gates.at(units + u);
      Approx g = gates.at(2 * units + u);
      Approx o = gates.at(3 * units + u);
      Approx dOutput = dHidden.at(u).times(tanhC.at(u));
      Approx dCell = dHidden.at(u).times(o).times(tanhC.at(u).tanhSlope()).plus(dc.at(u));
      dGates.set(u, dCell.times(g).times(i.sigmoidSlope()));
      dGates.set(units + u, dCell.times(cPrev.at(u)).times(f.sigmoidSlope()));
      dGates.set(2 * units + u, dCell.times(i).times(g.tanhSlope()));
      dGates.set(3 * units + u, dOutput.times(o.sigmoidSlope()));
      dcPrev.set(u, dCell.times(f));
    }
    p.addGradients(dGates, dGates, x, hPrev, dx);
    return new StateGradients(new Sums(hPrev.size()).addTransposedProduct(p.weightHh, dGates), dcPrev);
  }

  @Override
  public Reals h() {
    return h;
  }

  @Override
  public Reals c() {
    return c;
  }
}
