package io.github.lstm4j.oracle;

/** A step of nn.RNN: h = tanh or relu of W_ih·x + b_ih + W_hh·h + b_hh. */
final class RnnStep implements CellStep {
  private final DirectionParameters p;
  private final Reals x;
  private final Reals hPrev;
  private final boolean relu;
  private final Reals sums; // before activation
  private final Reals h;

  RnnStep(DirectionParameters p, Reals x, Reals hPrev, boolean relu) {
    this.p = p;
    this.x = x;
    this.hPrev = hPrev;
    this.relu = relu;
    sums = p.inputSums(x).addProduct(p.weightHh, hPrev).add(p.biasHh).result();
    h = Reals.zeros(p.hiddenSize());
    for (int u = 0; u < h.size(); u++) {
      h.set(u, relu ? sums.at(u).relu() : sums.at(u).tanh());
    }
  }

  @Override
  public StateGradients backward(Reals dh, Reals dc, Sums dx) {
    Reals dSums = Reals.zeros(h.size());
    for (int u = 0; u < h.size(); u++) {
      dSums.set(u, dh.at(u).times(relu ? sums.at(u).reluSlope() : h.at(u).tanhSlope()));
    }
    p.addGradients(dSums, dSums, x, hPrev, dx);
    return new StateGradients(new Sums(h.size()).addTransposedProduct(p.weightHh, dSums), dc);
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
