/**
 * Where numbers live: {@link io.github.lstm4j.memory.Memory} owns off-heap storage, {@link
 * io.github.lstm4j.memory.Matrix} is a view of it, {@link io.github.lstm4j.memory.Tensor} is the heap array with a
 * shape that crosses the library's boundary.
 */
@NullMarked
package io.github.lstm4j.memory;

import org.jspecify.annotations.NullMarked;
