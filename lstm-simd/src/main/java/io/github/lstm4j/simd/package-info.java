/**
 * The kernels on the Vector API, equal to the scalar ones bit for bit at 128, 256 and 512 bits. {@code Lanes} chooses
 * width and tile; the mathematics is written once for any width. Products are {@code SimdGemm} and {@code
 * SimdGemmTransposedA}: both pack their operands ({@code Panels}, {@code Scratch}) and let {@code TileSweep} drive the
 * micro-kernels of {@code WideTiles} and {@code NarrowTiles} over them.
 */
@NullMarked
package io.github.lstm4j.simd;

import org.jspecify.annotations.NullMarked;
