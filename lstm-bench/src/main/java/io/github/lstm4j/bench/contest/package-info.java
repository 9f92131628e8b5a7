/**
 * The command {@code ./lstm bench}: this library and others take turns at the same tasks, and a table says how many
 * times as fast each is as the others.
 */
@NullMarked
package io.github.lstm4j.bench.contest;

import org.jspecify.annotations.NullMarked;
