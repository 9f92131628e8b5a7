package io.github.lstm4j.text;

import io.github.lstm4j.io.SafetensorsException;
import io.github.lstm4j.io.SafetensorsFile;
import io.github.lstm4j.model.SequenceModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A network that reads tokens and gives logits of the next one, with its vocabulary. Both travel in one file.
 *
 * <pre>{@code
 * try (TextModel model = TextModel.open(Path.of("model.safetensors"), 1); Continuation text = model.continuation()) {
 *   text.read("ROMEO:");
 *   Sampler sampler = new Sampler(0.8, Sampler.ALL, 1, 7);
 *   for (int i = 0; i < 200; i++) {
 *     System.out.print(model.vocabulary().symbol(text.write(sampler)));
 *   }
 * }
 * }</pre>
 */
public final class TextModel implements AutoCloseable {
  private final SequenceModel network;
  private final Vocabulary vocabulary;

  /**
   * A network with its vocabulary.
   *
   * @param network from a token at each step to one logit for each symbol; closed with this
   * @param vocabulary its symbols
   * @throws IllegalArgumentException if the sizes do not fit, or the vocabulary has no room in a model file
   */
  public TextModel(SequenceModel network, Vocabulary vocabulary) {
    if (network.inputSize() != 1 || network.outputSize() != vocabulary.size()) {
      throw new IllegalArgumentException(
          "the network takes " + network.inputSize() + " features and gives " + network.outputSize()
              + "; expected 1, a token, and " + vocabulary.size() + ", one for each symbol of the vocabulary");
    }
    VocabularyJson.requireRoom(vocabulary);
    this.network = network;
    this.vocabulary = vocabulary;
  }

  /**
   * Opens a model that {@link #save} wrote.
   *
   * @param file the model file
   * @param threads how many threads compute
   * @return the model; close it
   * @throws IOException if the file can't be read, is damaged, or holds a model of another kind
   */
  public static TextModel open(Path file, int threads) throws IOException {
    String json;
    try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
      json = tensors.metadata().get(VocabularyJson.KEY);
    }
    if (json == null) {
      throw new SafetensorsException(
          file, "it holds no vocabulary (metadata entry " + VocabularyJson.KEY + "), so it is no model of text;"
              + " expected a file of a model that was trained on text");
    }
    Vocabulary vocabulary = VocabularyJson.read(json, file);
    SequenceModel network = SequenceModel.open(file, threads);
    try {
      return new TextModel(network, vocabulary);
    } catch (IllegalArgumentException e) {
      network.close();
      throw new SafetensorsException(file, String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Writes network and vocabulary.
   *
   * @param file replaced in one move once everything is written
   * @param metadata more entries of the caller's
   * @throws IOException if it can't be written; an old file is then untouched
   */
  public void save(Path file, Map<String, String> metadata) throws IOException {
    Map<String, String> all = new HashMap<>(metadata);
    all.put(VocabularyJson.KEY, VocabularyJson.write(vocabulary));
    network.save(file, all);
  }

  /**
   * The network.
   *
   * @return it, to train or evaluate
   */
  public SequenceModel network() {
    return network;
  }

  /**
   * The symbols.
   *
   * @return the vocabulary
   */
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /**
   * Starts a text.
   *
   * @return an empty one; close it
   * @throws IllegalStateException if the network needs whole sequences
   */
  public Continuation continuation() {
    return new Continuation(vocabulary, network.session(1));
  }

  /** Frees the network. */
  @Override
  public void close() {
    network.close();
  }
}
