/**
 * Series and what is done to them before a network sees them: missing values, scaling fitted on the training part,
 * windows, and a split by index.
 *
 * <p>The usual order: {@link io.github.lstm4j.data.Series#of} → {@link io.github.lstm4j.data.MissingValues#applyTo} →
 * {@link io.github.lstm4j.data.Split#tail} → {@link io.github.lstm4j.data.Scaler#fit} on the training part →
 * {@link io.github.lstm4j.data.Scaler#transform(Series)} of everything →
 * {@link io.github.lstm4j.data.Windows#over}. Rows count from 0 in every method and every message.
 * Sequences that each belong to a class are {@link io.github.lstm4j.data.LabelledSequences}.
 */
@NullMarked
package io.github.lstm4j.data;

import org.jspecify.annotations.NullMarked;
