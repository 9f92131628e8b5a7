package io.github.lstm4j.cli.lesson;

import io.github.lstm4j.data.Batch;
import io.github.lstm4j.data.BatchSource;
import io.github.lstm4j.memory.Tensor;
import io.github.lstm4j.random.CounterRandom;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Stories that begin with a pet and its name, go on about something else for a while, and end with a question: {@code i
 * have a dog named cliff . … however , cliff , my pet}. What comes next stands so many words back.
 *
 * @param distraction words between name and question
 * @param batchSize stories in a batch
 * @param seed of the draws
 */
record PetStories(int distraction, int batchSize, long seed) implements BatchSource {
  static final List<String> ANIMALS = List.of("dog", "cat", "horse", "rabbit", "parrot", "goat", "tortoise", "hamster");

  private static final List<String> NAMES =
      List.of("cliff", "misty", "rex", "luna", "otto", "pearl", "bruno", "daisy", "felix", "ruby", "hugo", "nell");
  private static final List<String> PLACES = List.of("market", "harbour", "library", "station", "garden", "bakery");
  private static final List<String> PEOPLE = List.of("anna", "peter", "mary", "john", "the teacher", "the baker");
  private static final List<String> DEEDS =
      List.of("bought bread", "read a book", "told a story", "lost the keys", "waited for a train", "sang a song");
  private static final List<String> TIMES =
      List.of("yesterday", "later", "then", "on sunday", "at noon", "in the rain");

  /** All words that stories are made of. */
  static final List<String> VOCABULARY = vocabulary();

  private static List<String> vocabulary() {
    Set<String> words = new LinkedHashSet<>(ANIMALS);
    words.addAll(NAMES);
    words.addAll(List.of("i", "have", "a", "named", ".", ",", "however", "my", "pet", "at", "the"));
    for (List<String> phrases : List.of(PLACES, PEOPLE, DEEDS, TIMES)) {
      phrases.forEach(phrase -> words.addAll(List.of(phrase.split(" ", -1))));
    }
    return List.copyOf(words);
  }

  /**
   * A story.
   *
   * @param words all but the last
   * @param animal the last
   */
  record Story(List<String> words, String animal) {}

  // tutorial: recall-data
  Story story(String name) {
    Draw draw = new Draw(seed, CounterRandom.stream(name));
    String animal = draw.from(ANIMALS);
    String pet = draw.from(NAMES);
    List<String> words = new ArrayList<>(List.of("i", "have", "a", animal, "named", pet, "."));
    List<String> between = new ArrayList<>();
    while (between.size() < distraction) {
      between.addAll(List.of((draw.from(TIMES) + " " + draw.from(PEOPLE)).split(" ", -1)));
      between.addAll(List.of((draw.from(DEEDS) + " at the " + draw.from(PLACES) + " .").split(" ", -1)));
    }
    words.addAll(between.subList(0, distraction));
    words.addAll(List.of(".", "however", ",", pet, ",", "my", "pet"));
    return new Story(words, animal);
  }
  // tutorial: end

  /** A run of draws. */
  private static final class Draw {
    private final long seed;
    private final long stream;
    private long count;

    Draw(long seed, long stream) {
      this.seed = seed;
      this.stream = stream;
    }

    String from(List<String> choices) {
      return choices.get((int) (CounterRandom.uniformDouble(seed, stream, count++) * choices.size()));
    }
  }

  /** Endlessly many batches, none twice. */
  @Override
  public Iterator<Batch> epoch(int epoch) {
    return Stream.iterate(0L, i -> i + 1).map(i -> draw("batch " + epoch + " " + i)).iterator();
  }

  /** A batch of stories as the numbers of their words. */
  Batch draw(String name) {
    List<Story> stories = Stream.iterate(0, i -> i + 1).limit(batchSize).map(i -> story(name + " " + i)).toList();
    int steps = stories.getFirst().words().size();
    Tensor ids = Tensor.zeros(batchSize, steps, 1);
    Tensor answers = Tensor.zeros(batchSize, 1);
    for (int b = 0; b < batchSize; b++) {
      for (int t = 0; t < steps; t++) {
        ids.data()[b * steps + t] = VOCABULARY.indexOf(stories.get(b).words().get(t));
      }
      answers.data()[b] = VOCABULARY.indexOf(stories.get(b).animal());
    }
    return Batch.of(ids, answers);
  }
}
