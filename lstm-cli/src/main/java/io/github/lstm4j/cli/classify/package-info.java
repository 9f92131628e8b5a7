/**
 * {@code classify}: trains a network that tells the class of a sequence or a text, and applies it. The mathematics is
 * all in lstm-core.
 */
@NullMarked
package io.github.lstm4j.cli.classify;

import org.jspecify.annotations.NullMarked;
