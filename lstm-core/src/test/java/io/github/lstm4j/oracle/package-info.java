/**
 * A double-precision oracle of PyTorch's recurrent layers, forward and backward, written as plain loops and
 * independently of the library: nothing here imports a layer or a kernel. Beside every number it carries how far a
 * float32 computation of the same formula can be from it. {@link io.github.lstm4j.oracle.RecurrentOracle} is the entry,
 * {@link io.github.lstm4j.oracle.OracleCases} draws random cases, {@link io.github.lstm4j.oracle.GoldenFile} reads
 * stored ones.
 */
@NullMarked
package io.github.lstm4j.oracle;

import org.jspecify.annotations.NullMarked;
