package io.github.lstm4j.train;

/**
 * What happened in an update.
 *
 * @param update which update, from 0
 * @param loss the mean loss of its batches, before the update
 * @param gradientNorm the global norm of the gradient before clipping
 */
public record UpdateRecord(long update, double loss, double gradientNorm) {}
