/**
 * Losses and their gradients.
 */
@NullMarked
package io.github.lstm4j.loss;

import org.jspecify.annotations.NullMarked;
