/**
 * DL4J as a contestant, apart from the other peers since it brings older natives. Built by the Maven profile
 * {@code peers} alone.
 */
@NullMarked
package io.github.lstm4j.bench.peers.dl4j;

import org.jspecify.annotations.NullMarked;
