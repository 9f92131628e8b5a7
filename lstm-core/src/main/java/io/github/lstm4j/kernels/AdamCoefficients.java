package io.github.lstm4j.kernels;

/**
 * The numbers of one update of Adam; see {@link Kernels#adam}. All are computed in double precision and rounded once.
 *
 * @param stepSize rate / (1 − beta1^t)
 * @param correction sqrt(1 − beta2^t)
 * @param beta2 decay of the second moment
 * @param oneMinusBeta1 weight of the gradient in the first moment
 * @param oneMinusBeta2 weight of the squared gradient in the second moment
 * @param epsilon added to the denominator
 * @param weightDecay L2 penalty added to the gradient
 * @param decoupledDecay factor of the value before the update: 1 − rate·weight decay of AdamW, 1 of Adam
 * @param gradientScale factor of the gradient: the clipping coefficient
 */
public record AdamCoefficients(
    float stepSize,
    float correction,
    float beta2,
    float oneMinusBeta1,
    float oneMinusBeta2,
    float epsilon,
    float weightDecay,
    float decoupledDecay,
    float gradientScale) {}
