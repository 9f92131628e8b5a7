package io.github.lstm4j.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DirectionsTest {
  @Test
  void eachOperandTurnsByItself() {
    Directions directions = new Directions();
    List<Boolean> met = new ArrayList<>();
    for (int operand : new int[] {3, 4, 3, 4, 4, 3}) {
      met.add(directions.turn(operand));
    }
    assertEquals(List.of(true, true, false, false, true, true), met);
  }

  @Test
  void numbersPastTheBitsTurnToo() {
    Directions directions = new Directions();
    for (int number : new int[] {63, 64, 1000, Integer.MIN_VALUE, -1}) {
      assertNotEquals(directions.turn(number), directions.turn(number), "operand " + number);
    }
  }
}
