/**
 * The trainer: truncated back-propagation through time, optimizers, clipping, early stopping, history.
 */
@NullMarked
package io.github.lstm4j.train;

import org.jspecify.annotations.NullMarked;
