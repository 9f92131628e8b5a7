/**
 * What is measured side by side, and how a contestant is spoken to: each runs in a process of its own, since native
 * libraries bring threads and versions that do not get on, and answers a few lines on its standard streams.
 */
@NullMarked
package io.github.lstm4j.bench.peer;

import org.jspecify.annotations.NullMarked;
