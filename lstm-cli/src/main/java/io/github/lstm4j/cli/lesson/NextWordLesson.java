package io.github.lstm4j.cli.lesson;

import io.github.lstm4j.data.Batch;
import io.github.lstm4j.data.BatchSource;
import io.github.lstm4j.loss.CrossEntropy;
import io.github.lstm4j.memory.Tensor;
import io.github.lstm4j.model.SequenceModel;
import io.github.lstm4j.model.Session;
import io.github.lstm4j.train.Clipping;
import io.github.lstm4j.train.Trainer;
import io.github.lstm4j.train.TrainerOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Which word comes next, after six very short stories. */
final class NextWordLesson implements Lesson {
  private static final String STORY = "i have a %1$s named %2$s . %3$s . however , %2$s , my pet %1$s , %4$s .";

  static final List<String> STORIES =
      List.of(
          STORY.formatted("dog", "cliff", "we walk to the river every day", "is afraid of water"),
          STORY.formatted("cat", "misty", "she sleeps on the roof of the shed", "is never cold"),
          STORY.formatted("goat", "otto", "he eats what the garden gives", "likes hats best"),
          STORY.formatted("parrot", "ruby", "she sings before the sun is up", "cannot whistle"),
          STORY.formatted("horse", "hugo", "he pulls the cart to the mill", "walks home alone"),
          STORY.formatted("rabbit", "nell", "she digs where nobody looks", "comes when called"));

  static final String PRIME =
      "i have a cat named misty . she sleeps on the roof of the shed . however , misty , my pet";

  private static final List<String> VOCABULARY =
      STORIES.stream().flatMap(story -> Arrays.stream(story.split(" ", -1))).distinct().sorted().toList();
  private static final int UPDATES = 150;
  private static final int SUGGESTIONS = 5;

  /**
   * A word that may come next.
   *
   * @param word the word
   * @param probability what the network gives it
   */
  record Suggestion(String word, double probability) {}

  /**
   * What came of it.
   *
   * @param loss the last training loss, in nats a word
   * @param suggestions after {@link #PRIME}, the likeliest first
   * @param continuation of {@link #PRIME} by the likeliest word each time, up to the end of the sentence
   */
  record Result(double loss, List<Suggestion> suggestions, List<String> continuation) {}

  @Override
  public String name() {
    return "next-word";
  }

  @Override
  public String description() {
    return "the next word: suggestions with probabilities, and a sentence word by word";
  }

  @Override
  public String duration() {
    return "two seconds";
  }

  static Result train(long seed) {
    // tutorial: next-word
    int words = VOCABULARY.size();
    try (SequenceModel model =
        SequenceModel.builder(1)
            .embedding("words", words, 16)
            .lstm("rnn", 48)
            .linear("next", words)
            .seed(seed)
            .build()) {
      TrainerOptions options =
          new TrainerOptions(new CrossEntropy()).rate(1e-2).clipping(new Clipping.ByNorm(1)).updates(UPDATES);
      double loss = new Trainer(model, options).fit(BatchSource.of(List.of(batch()))).best().trainingLoss();
      try (Session stream = model.session(1)) { // one stream, word by word, the state kept in between
        float[] logits = new float[words];
        for (String word : PRIME.split(" ", -1)) {
          stream.step(new float[] {VOCABULARY.indexOf(word)}, logits);
        }
        List<Suggestion> suggestions = suggestions(logits);
        List<String> continuation = new ArrayList<>();
        while (continuation.size() < 12 && (continuation.isEmpty() || !continuation.getLast().equals("."))) {
          continuation.add(suggestions(logits).getFirst().word());
          stream.step(new float[] {VOCABULARY.indexOf(continuation.getLast())}, logits);
        }
        return new Result(loss, suggestions.subList(0, SUGGESTIONS), continuation);
      }
    }
    // tutorial: end
  }

  /** All words, the likeliest first: softmax of the logits. */
  private static List<Suggestion> suggestions(float[] logits) {
    double most = IntStream.range(0, logits.length).mapToDouble(i -> logits[i]).max().orElse(0);
    double sum = IntStream.range(0, logits.length).mapToDouble(i -> Math.exp(logits[i] - most)).sum();
    return IntStream.range(0, logits.length)
        .mapToObj(i -> new Suggestion(VOCABULARY.get(i), Math.exp(logits[i] - most) / sum))
        .sorted(Comparator.comparingDouble(Suggestion::probability).reversed())
        .toList();
  }

  /** All stories side by side, each of its own length; the target of a word is the next one. */
  private static Batch batch() {
    List<String[]> stories = STORIES.stream().map(story -> story.split(" ", -1)).toList();
    int[] lengths = stories.stream().mapToInt(story -> story.length - 1).toArray();
    int steps = Arrays.stream(lengths).max().orElseThrow();
    Tensor ids = Tensor.zeros(stories.size(), steps, 1);
    Tensor next = Tensor.zeros(stories.size(), steps, 1);
    for (int b = 0; b < lengths.length; b++) {
      for (int t = 0; t < lengths[b]; t++) {
        ids.data()[b * steps + t] = VOCABULARY.indexOf(stories.get(b)[t]);
        next.data()[b * steps + t] = VOCABULARY.indexOf(stories.get(b)[t + 1]);
      }
    }
    return Batch.of(ids, next).withLengths(lengths);
  }

  @Override
  public List<Figure> run(Settings settings, Consumer<String> out) {
    Result result = train(settings.seed());
    out.accept(
        String.format(
            Locale.ROOT, "%d stories of %d different words, %d updates: a loss of %.3f nats a word.", STORIES.size(),
            VOCABULARY.size(), UPDATES, result.loss()));
    out.accept("");
    out.accept("After \"… however , misty , my pet\":");
    out.accept("");
    result
        .suggestions()
        .forEach(s -> out.accept(String.format(Locale.ROOT, "  %-8s %6.4f", s.word(), s.probability())));
    out.accept("");
    out.accept("The likeliest word each time: " + String.join(" ", result.continuation()));
    return List.of();
  }
}
