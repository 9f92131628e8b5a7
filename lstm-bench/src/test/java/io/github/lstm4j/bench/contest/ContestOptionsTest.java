package io.github.lstm4j.bench.contest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.bench.peer.TaskMode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContestOptionsTest {
  @Test
  void withoutOptionsAllShapesAreMeasured() {
    ContestOptions options = ContestOptions.parse();
    assertEquals(11, Schedule.tasks(TaskMode.INFER, options).size());
    assertEquals(8, Schedule.tasks(TaskMode.TRAIN, options).size());
    assertEquals(3, Schedule.tasks(TaskMode.STREAM, options).size());
    assertEquals(List.of(1, 2), options.threads);
  }

  @Test
  void whatTwoModesAskForIsMeasuredOnce() {
    ContestOptions options = ContestOptions.parse("--modes", "infer,stream,train", "--threads", "1,2");
    assertEquals(2 * (11 + 8), Schedule.matches(options).size());
  }

  @Test
  void growthHasAShapeForEachSizeAndBatch() {
    assertEquals(28, Schedule.tasks(TaskMode.INFER, ContestOptions.parse("--growth")).size());
  }

  @ParameterizedTest
  @CsvSource({
    "--shapes B1, expected batch",
    "--threads 0, expected 1 to 9999",
    "--modes fly, expected infer",
    "--products M1, expected sizes",
    "--compare a.json, expected two",
    "--shapes, has no value",
    "--fast, is not known"
  })
  void whatIsNotUnderstoodIsNamed(String line, String expected) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> ContestOptions.parse(line.split(" ")));
    assertTrue(String.valueOf(refusal.getMessage()).contains(expected), refusal.getMessage());
  }
}
