package io.github.lstm4j.kernels;

/** The activation of a plain recurrent cell, {@code nonlinearity} in torch.nn.RNN. */
public enum Nonlinearity {
  /** The hyperbolic tangent. */
  TANH,
  /** max(x, 0); its derivative at 0 is 0. */
  RELU
}
