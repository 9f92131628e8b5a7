package io.github.lstm4j.kernels;

/**
 * The numbers of one update of stochastic gradient descent; see {@link Kernels#sgd}.
 *
 * @param rate the learning rate
 * @param momentum factor of the velocity
 * @param dampened factor of the gradient where it is added to the velocity
 * @param nesterov whether the velocity looks ahead
 * @param weightDecay L2 penalty added to the gradient
 * @param gradientScale factor of the gradient: the clipping coefficient
 */
public record SgdCoefficients(
    float rate, float momentum, float dampened, boolean nesterov, float weightDecay, float gradientScale) {}
