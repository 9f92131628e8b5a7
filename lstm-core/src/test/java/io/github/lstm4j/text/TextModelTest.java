package io.github.lstm4j.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.lstm4j.io.SafetensorsException;
import io.github.lstm4j.memory.Memory;
import io.github.lstm4j.memory.Tensor;
import io.github.lstm4j.model.SequenceModel;
import io.github.lstm4j.testing.ModelBits;
import io.github.lstm4j.testing.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TextModelTest {
  private static final Vocabulary CHARACTERS =
      new Vocabulary(TextLevel.CHARACTER, List.of("\n", "\"", "\\", "a", "\u00e9", "\ud83d\ude00", Vocabulary.UNKNOWN));

  private static final Vocabulary WORDS =
      new Vocabulary(TextLevel.WORD, List.of(Vocabulary.UNKNOWN, Vocabulary.LINE_END, "dog", ".", "the", "Cliff's"));

  @TempDir Path folder = Path.of("");

  private static SequenceModel network(int symbols) {
    return SequenceModel.builder(1)
        .embedding("embedding", symbols, 4).lstm("rnn", 6).linear("head", symbols).seed(3).build();
  }

  private static TextModel model(Vocabulary vocabulary) {
    return new TextModel(network(vocabulary.size()), vocabulary);
  }

  private static int[] written(TextModel model, String prime, Sampler sampler, int length) {
    try (Continuation text = model.continuation()) {
      text.read(prime);
      return IntStream.range(0, length).map(i -> text.write(sampler)).toArray();
    }
  }

  @Test
  void networkAndVocabularyTravelTogether() throws IOException {
    long before = Memory.liveBytes();
    for (Vocabulary vocabulary : List.of(CHARACTERS, WORDS)) {
      Path file = folder.resolve("model.safetensors");
      try (TextModel model = model(vocabulary)) {
        model.save(file, Map.of("mine", "kept"));
        try (TextModel opened = TextModel.open(file, 1)) {
          assertEquals(vocabulary, opened.vocabulary());
          assertEquals(vocabulary.hashCode(), opened.vocabulary().hashCode());
          assertEquals(ModelBits.of(model.network()), ModelBits.of(opened.network()));
        }
      }
    }
    assertEquals(before, Memory.liveBytes());
  }

  @Test
  void oneSeedGivesOneText() {
    try (TextModel model = model(CHARACTERS)) {
      Sampler sampler = new Sampler(1, 0, 1, 5);
      int[] text = written(model, "a\n", sampler, 60);
      assertArrayEquals(text, written(model, "a\n", sampler, 60));
      assertFalse(Arrays.equals(text, written(model, "a\n", new Sampler(1, 0, 1, 6), 60)));
      assertArrayEquals(
          written(model, "a", Sampler.GREEDY, 20), written(model, "a", new Sampler(0, 0, 1, 99), 20),
          "greedy needs none");
      int unknown = CHARACTERS.unknown().orElseThrow();
      assertFalse(Arrays.stream(text).anyMatch(token -> token == unknown), "what is unknown is never written");
    }
  }

  /** Symbol by symbol is the same as one pass over the whole text, to the bit: each draw is from the same logits. */
  @Test
  void writingOnIsOnePassOverTheWhole() {
    try (TextModel model = model(WORDS)) {
      Sampler sampler = new Sampler(0.9, 4, 0.95, 8);
      int[] prime = WORDS.encode("the dog.");
      int[] written = written(model, "the dog.", sampler, 12);
      int[] all = IntStream.concat(Arrays.stream(prime), Arrays.stream(written)).toArray();
      float[] x = new float[all.length];
      IntStream.range(0, x.length).forEach(i -> x[i] = all[i]);
      float[] logits = model.network().predict(Tensor.of(x, 1, x.length, 1)).data();
      for (int i = 0; i < written.length; i++) {
        int row = prime.length - 1 + i;
        float[] ofRow = Arrays.copyOfRange(logits, row * WORDS.size(), (row + 1) * WORDS.size());
        ofRow[0] = Float.NEGATIVE_INFINITY;
        assertEquals(written[i], sampler.draw(ofRow, i));
      }
    }
  }

  @Test
  void suggestionsAreTheMostLikelyOnes() {
    try (TextModel model = model(WORDS);
        Continuation text = model.continuation()) {
      Refusal.of(IllegalStateException.class, () -> text.suggestions(1), "nothing was read yet");
      text.read("the unheard-of dog");
      List<Suggestion> three = text.suggestions(3);
      List<Suggestion> all = text.suggestions(99);
      assertEquals(three, all.subList(0, 3));
      assertEquals(WORDS.size() - 1, all.size(), "all but what is unknown");
      for (int i = 1; i < all.size(); i++) {
        assertFalse(all.get(i).probability() > all.get(i - 1).probability());
      }
    }
  }

  @Test
  void wordsAreJoinedAsTheyAreWritten() {
    String text = "the dog (Cliff's) barks, \"well\"\nnow; 5 % off!";
    TextJoiner joiner = new TextJoiner(TextLevel.WORD);
    String joined = WORDS.split(text).stream().map(joiner::next).collect(Collectors.joining());
    assertEquals("the dog (Cliff's) barks, \" well \"\nnow; 5% off!", joined,
        "a quote does not tell which side it is on");
    TextJoiner characters = new TextJoiner(TextLevel.CHARACTER);
    assertEquals(text, CHARACTERS.split(text).stream().map(characters::next).collect(Collectors.joining()));
  }

  @Test
  void unknownSymbolsAreNamed() {
    assertEquals(List.of("x", "\u0007"), CHARACTERS.unknownIn("ax\u0007xa"));
    assertEquals(6, CHARACTERS.encode("x")[0]);
    assertEquals("'x'", Vocabulary.shown("x"));
    assertEquals("U+0007", Vocabulary.shown("\u0007"));
    assertEquals("'\\n'", Vocabulary.shown("\n"));
    assertNotEquals(WORDS, CHARACTERS);
    assertEquals("Vocabulary(words, 6)", WORDS.toString());
  }

  @Test
  void modelsOfAnotherKindAreRefused() throws IOException {
    Path file = folder.resolve("other.safetensors");
    try (SequenceModel other = network(5)) {
      other.save(file, Map.of());
      Refusal.of(SafetensorsException.class, () -> TextModel.open(file, 1), file.toString(), "no model of text");
      Refusal.of(IllegalArgumentException.class, () -> new TextModel(other, WORDS), "gives 5",
          "expected 1, a token, and 6");
      other.save(file, Map.of(VocabularyJson.KEY, VocabularyJson.write(WORDS)));
      Refusal.of(SafetensorsException.class, () -> TextModel.open(file, 1), "gives 5");
    }
  }

  static Stream<Arguments> damaged() {
    return Stream.of(
        arguments("", "found null where START_OBJECT belongs"),
        arguments("{\"level\": \"letter\", \"symbols\": [\"a\"]}", "unknown level 'letter'"),
        arguments("{\"level\": \"word\", \"symbols\": []}", "the vocabulary is empty"),
        arguments("{\"level\": \"word\", \"symbols\": [\"a\", \"a\"]}", "has 'a' twice"),
        arguments("{\"level\": \"character\", \"symbols\": [\"ab\"]}", "expected one character"),
        arguments("{\"level\": \"word\", \"symbols\": [\"a\", 1]}", "found VALUE_NUMBER_INT where END_ARRAY"),
        arguments("{\"level\": \"word\", \"symbols\": [\"a\"]} more", "is no vocabulary"),
        arguments("{\"symbols\": [\"a\"]}", "found no \"level\""),
        arguments("{\"level\": \"word\", \"symbols\": [[[[[\"a\"]]]]]}", "is no vocabulary"));
  }

  @ParameterizedTest
  @MethodSource("damaged")
  void damagedVocabulariesAreRefused(String json, String message) throws IOException {
    Path file = folder.resolve("damaged.safetensors");
    try (SequenceModel network = network(6)) {
      network.save(file, Map.of(VocabularyJson.KEY, json));
    }
    Refusal.of(SafetensorsException.class, () -> TextModel.open(file, 1), file.toString(), message);
  }

  @Test
  void aVocabularyThatFitsNoFileIsRefusedBeforeTraining() {
    List<String> many = IntStream.range(0, 60_000).mapToObj(i -> "w".repeat(200) + i).toList();
    Vocabulary vocabulary = new Vocabulary(TextLevel.WORD, many);
    Refusal.of(IllegalArgumentException.class, () -> VocabularyJson.requireRoom(vocabulary), "60000 symbols takes");
  }
}
