package io.github.lstm4j.train;

/**
 * What happened in an epoch, or between two validations where {@link TrainerOptions#validateEvery} says when they are.
 *
 * @param epoch which epoch or validation, from 1
 * @param updates updates made since the start
 * @param trainingLoss the mean loss over the batches since the last record, each before its update
 * @param validationLoss the mean loss over the validation source after the epoch; NaN where there is none
 * @param gradientNorm the largest global norm of a gradient before clipping
 * @param rate the learning rate of the last update
 * @param best whether the validation loss is the lowest so far
 */
public record EpochRecord(
    int epoch,
    long updates,
    double trainingLoss,
    double validationLoss,
    double gradientNorm,
    double rate,
    boolean best) {}
