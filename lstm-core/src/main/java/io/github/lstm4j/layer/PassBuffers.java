package io.github.lstm4j.layer;

import io.github.lstm4j.memory.Matrix;
import org.jspecify.annotations.Nullable;

/**
 * What a layer's pass reads and writes that belongs to its surroundings.
 *
 * @param plan how the batch lies in rows
 * @param input [N, in]
 * @param inputGradient [N, in], or null where nobody needs it
 * @param accumulateInput whether another direction has written to the input gradient before
 * @param states [B + N, R]: initial states in, outputs out
 * @param start what may be left out where the states are zero
 * @param threads how many threads share the work of this direction
 * @param stateGradients [B + N, R]: gradients of the outputs in, of the initial states out; null in inference
 */
record PassBuffers(
    StepPlan plan,
    Matrix input,
    @Nullable Matrix inputGradient,
    boolean accumulateInput,
    Matrix states,
    Start start,
    int threads,
    @Nullable Matrix stateGradients) {}
