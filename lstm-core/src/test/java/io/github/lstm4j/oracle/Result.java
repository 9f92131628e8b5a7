package io.github.lstm4j.oracle;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the oracle computed: outputs and gradients, each element with its value and its float32 bound. */
public final class Result {
  private final Map<String, Reals> tensors;
  private final double loss;

  Result(Map<String, Reals> tensors, double loss) {
    this.tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    this.loss = loss;
  }

  static Reals required(Map<String, Reals> tensors, String name) {
    Reals tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("no result " + name + ", only " + tensors.keySet());
    }
    return tensor;
  }

  /**
   * Everything, under the names of the golden files: out.y, out.hn, out.cn, grad.x, grad.h0, grad.c0 and
   * grad.&lt;parameter&gt;; cn and c0 for LSTM only.
   *
   * @return all results by name
   */
  public Map<String, Reals> tensors() {
    return tensors;
  }

  /**
   * One result.
   *
   * @param name as in {@link #tensors}
   * @return values and bounds
   * @throws IllegalArgumentException if there is none of that name
   */
  public Reals tensor(String name) {
    return required(tensors, name);
  }

  /**
   * The loss that the gradients belong to.
   *
   * @return sum(seed.y⊙y) + sum(seed.hn⊙hn) + sum(seed.cn⊙cn)
   */
  public double loss() {
    return loss;
  }

  /**
   * The outputs of the last layer.
   *
   * @return [batch, steps, D·R], zero past each length
   */
  public Reals y() {
    return tensor("out.y");
  }

  /**
   * Each sequence's last h.
   *
   * @return [layers·D, batch, R]
   */
  public Reals hn() {
    return tensor("out.hn");
  }

  /**
   * Each sequence's last c; LSTM only.
   *
   * @return [layers·D, batch, H]
   */
  public Reals cn() {
    return tensor("out.cn");
  }

  /**
   * The gradient of the inputs.
   *
   * @return [batch, steps, input], zero past each length
   */
  public Reals gradX() {
    return tensor("grad.x");
  }

  /**
   * The gradient of the initial h.
   *
   * @return [layers·D, batch, R]
   */
  public Reals gradH0() {
    return tensor("grad.h0");
  }

  /**
   * The gradient of the initial c; LSTM only.
   *
   * @return [layers·D, batch, H]
   */
  public Reals gradC0() {
    return tensor("grad.c0");
  }

  /**
   * The gradient of a parameter.
   *
   * @param name PyTorch's name, such as weight_ih_l0
   * @return in the parameter's shape
   */
  public Reals gradParameter(String name) {
    return tensor("grad." + name);
  }
}
