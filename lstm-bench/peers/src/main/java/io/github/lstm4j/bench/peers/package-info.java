/** Native libraries as contestants, each in a process of its own. Built by the Maven profile {@code peers} alone. */
@NullMarked
package io.github.lstm4j.bench.peers;

import org.jspecify.annotations.NullMarked;
