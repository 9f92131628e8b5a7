/**
 * The command line: {@code forecast} a series, train and continue {@code text}, {@code classify} sequences,
 * {@code apply} a recurrent layer, {@code info} about a model file or this machine, {@code lesson}s. Reads CSV, draws
 * pictures and tables; the mathematics is all in lstm-core.
 */
@NullMarked
package io.github.lstm4j.cli;

import org.jspecify.annotations.NullMarked;
