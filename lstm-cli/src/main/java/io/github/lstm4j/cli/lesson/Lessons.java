package io.github.lstm4j.cli.lesson;

import java.util.List;
import java.util.Optional;

/** All lessons, in the order in which docs/tutorial.md walks through them. */
public final class Lessons {
  private static final List<Lesson> ALL =
      List.of(
          new HandCellLesson(),
          new ShapesLesson(),
          new VanishingLesson(),
          new ExplodingLesson(),
          new AddingLesson(),
          new GruLesson(),
          new GatesLesson(),
          new RecallLesson(),
          new EmbeddingLesson(),
          new NextWordLesson(),
          new StocksLesson());

  private Lessons() {}

  /**
   * All of them.
   *
   * @return in order
   */
  public static List<Lesson> all() {
    return ALL;
  }

  /**
   * The lesson of a name.
   *
   * @param name what it is called
   * @return the lesson, empty if there is none
   */
  public static Optional<Lesson> named(String name) {
    return ALL.stream().filter(lesson -> lesson.name().equals(name)).findFirst();
  }
}
