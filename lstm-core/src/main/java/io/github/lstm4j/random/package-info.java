/**
 * Counter-based randomness: a number depends on its key and position alone, never on threads, splits or call order.
 */
@NullMarked
package io.github.lstm4j.random;

import org.jspecify.annotations.NullMarked;
