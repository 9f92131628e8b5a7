/**
 * Files: safetensors, read and written as PyTorch does it, and how any file is replaced as a whole or not at all.
 */
@NullMarked
package io.github.lstm4j.io;

import org.jspecify.annotations.NullMarked;
