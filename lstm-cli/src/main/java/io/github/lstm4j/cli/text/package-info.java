/** {@code lstm text}: train a network on a text, let it write on, ask it what comes next. */
@NullMarked
package io.github.lstm4j.cli.text;

import org.jspecify.annotations.NullMarked;
