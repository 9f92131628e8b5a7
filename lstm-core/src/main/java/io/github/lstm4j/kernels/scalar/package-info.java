/**
 * The plain implementation of the kernels: needs no flags, runs anywhere, and is the reference that every other
 * implementation must equal bit for bit.
 */
@NullMarked
package io.github.lstm4j.kernels.scalar;

import org.jspecify.annotations.NullMarked;
