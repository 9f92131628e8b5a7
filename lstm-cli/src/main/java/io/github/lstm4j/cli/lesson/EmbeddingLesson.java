package io.github.lstm4j.cli.lesson;

import io.github.lstm4j.memory.Tensor;
import io.github.lstm4j.model.SequenceModel;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Looking a word's vector up in a table is multiplying the table with a vector of zeros and a one. */
final class EmbeddingLesson implements Lesson {
  private static final int WORDS = 6;
  private static final int SIZE = 4;

  /**
   * Both ways.
   *
   * @param lookup [words, size], by index
   * @param product [words, size], by multiplying
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by its arrays
  record Result(float[] lookup, float[] product) {
    /** Whether all bits are the same. */
    boolean equal() {
      return Arrays.equals(lookup, product);
    }
  }

  @Override
  public String name() {
    return "embedding";
  }

  @Override
  public String description() {
    return "an embedding's lookup is a one-hot vector times a matrix, bit for bit";
  }

  @Override
  public String duration() {
    return "a second";
  }

  static Result compare(int words, int size, long seed) {
    // tutorial: embedding
    Tensor ids = Tensor.zeros(1, words, 1); // 0, 1, 2, …
    Tensor oneHot = Tensor.zeros(1, words, words); // rows of the unit matrix
    for (int word = 0; word < words; word++) {
      ids.data()[word] = word;
      oneHot.data()[word * words + word] = 1;
    }
    try (SequenceModel lookup = SequenceModel.builder(1).embedding("words", words, size).seed(seed).build();
        SequenceModel product = SequenceModel.builder(words).linear("matrix", size, false).build()) {
      Tensor table = lookup.parameter("words.weight").toTensor(); // [words, size]
      product.parameter("matrix.weight").set(transposed(table)); // Linear is x·Wᵀ
      return new Result(lookup.predict(ids).data(), product.predict(oneHot).data());
    }
    // tutorial: end
  }

  private static Tensor transposed(Tensor table) {
    Tensor result = Tensor.zeros(table.size(1), table.size(0));
    for (int row = 0; row < table.size(0); row++) {
      for (int column = 0; column < table.size(1); column++) {
        result.data()[column * table.size(0) + row] = table.get(row, column);
      }
    }
    return result;
  }

  @Override
  public List<Figure> run(Settings settings, Consumer<String> out) {
    Result result = compare(WORDS, SIZE, settings.seed());
    out.accept("A table of " + WORDS + " words, vectors of " + SIZE + ":");
    out.accept("");
    for (int word = 0; word < WORDS; word++) {
      StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "  word %d ", word));
      for (int i = 0; i < SIZE; i++) {
        row.append(String.format(Locale.ROOT, "  %9.6f", result.lookup()[word * SIZE + i]));
      }
      out.accept(row.toString());
    }
    out.accept("");
    out.accept("Looked up, and as one-hot vectors times the table: "
        + (result.equal() ? "the same bits" : "NOT the same bits"));
    return List.of();
  }
}
