/**
 * Benchmarks: the layers as a user runs them, the kernels alone, and what the machine could do at best. {@link
 * io.github.lstm4j.bench.RateProfiler} turns times into rates, {@link io.github.lstm4j.bench.Compare} tells two runs
 * apart.
 */
@NullMarked
package io.github.lstm4j.bench;

import org.jspecify.annotations.NullMarked;
