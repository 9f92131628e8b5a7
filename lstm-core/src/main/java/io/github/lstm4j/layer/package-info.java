/**
 * Recurrent and linear layers: forward and backward side by side, written as calls of the kernels.
 */
@NullMarked
package io.github.lstm4j.layer;

import org.jspecify.annotations.NullMarked;
