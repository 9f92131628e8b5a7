/**
 * Stacks of layers with named parameters: summary, freezing, saving and loading, streaming sessions.
 */
@NullMarked
package io.github.lstm4j.model;

import org.jspecify.annotations.NullMarked;
