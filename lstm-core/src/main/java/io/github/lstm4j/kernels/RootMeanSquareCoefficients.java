package io.github.lstm4j.kernels;

/**
 * The numbers of one update of RMSprop or Adagrad; see {@link Kernels#rootMeanSquare}.
 *
 * @param rate the learning rate
 * @param keep factor of the sum of squares
 * @param gain factor of the new square
 * @param epsilon added to the root
 * @param momentum factor of the velocity
 * @param weightDecay L2 penalty added to the gradient
 * @param gradientScale factor of the gradient: the clipping coefficient
 */
public record RootMeanSquareCoefficients(
    float rate, float keep, float gain, float epsilon, float momentum, float weightDecay, float gradientScale) {}
