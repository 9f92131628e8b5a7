/**
 * The SPI of what must be fast. Layers are written as calls of {@link io.github.lstm4j.kernels.Kernels} and know no
 * lane, tile or mask; implementations know no layer. Every implementation computes the same bits: the order of every
 * sum is part of the contract, stated at each operation.
 */
@NullMarked
package io.github.lstm4j.kernels;

import org.jspecify.annotations.NullMarked;
