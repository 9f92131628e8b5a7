/**
 * Model and tensor files: safetensors.
 */
@NullMarked
package io.github.lstm4j.io;

import org.jspecify.annotations.NullMarked;
