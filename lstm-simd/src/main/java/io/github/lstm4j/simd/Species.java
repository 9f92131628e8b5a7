package io.github.lstm4j.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The vectors of {@link Lanes#BITS}, apart since their classes take 15 ms to load: plain code needs numbers only. */
final class Species {
  /** The vectors of this JVM. */
  static final VectorSpecies<Float> SPECIES =
      switch (Lanes.BITS) {
        case 128 -> FloatVector.SPECIES_128;
        case 256 -> FloatVector.SPECIES_256;
        case 512 -> FloatVector.SPECIES_512;
        default -> FloatVector.SPECIES_PREFERRED;
      };

  /** What a left operand that stands by columns is gathered by: a tile's rows and perhaps more, or half of them. */
  static final VectorSpecies<Float> ROWS_SPECIES =
      Lanes.PREFERRED_BITS >= 256 ? FloatVector.SPECIES_256 : FloatVector.SPECIES_128;

  private Species() {}
}
