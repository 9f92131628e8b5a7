/**
 * The kernels on the Vector API, equal to the scalar ones bit for bit at 128, 256 and 512 bits. {@code Lanes} chooses
 * width and tile; the mathematics is written once for any width. Products are {@code SimdGemm} and {@code
 * SimdGemmTransposedA}: both pack their operands ({@code Panels}, {@code Scratch}) and let {@code RowSweep}, {@code
 * OneRowSweep} and {@code ColumnSweep} drive the micro-kernels over them: {@code WideTiles} and the others.
 */
@NullMarked
package io.github.lstm4j.simd;

import org.jspecify.annotations.NullMarked;
