/**
 * The lessons of the well-known LSTM tutorials, a class each, written as a reader of lstm-core would write them.
 * Nothing is taken from the rest of the command line, which prints and draws what a lesson shows.
 */
@NullMarked
package io.github.lstm4j.cli.lesson;

import org.jspecify.annotations.NullMarked;
