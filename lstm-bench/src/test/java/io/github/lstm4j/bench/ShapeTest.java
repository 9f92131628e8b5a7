package io.github.lstm4j.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jmh.annotations.Param;

class ShapeTest {
  @Test
  void readsWhatItWrites() {
    Shape shape = Shape.parse("B64-T50-I512-H500-L2");
    assertEquals(new Shape(64, 50, 512, 500, 2), shape);
    assertEquals("B64-T50-I512-H500-L2", shape.toString());
    assertEquals("B64-T1-I512-H500-L2", shape.singleStep().toString());
  }

  @Test
  void allDefaultsAreShapes() throws ReflectiveOperationException {
    String[] defaults = RecurrentState.class.getField("shape").getAnnotation(Param.class).value();
    assertEquals(11, Arrays.stream(defaults).map(Shape::parse).map(Shape::toString).distinct().count());
  }

  @ParameterizedTest
  @CsvSource({
    "B64-T50-I512-H512, as in B64-T50-I512-H512-L1",
    "b1-t1-i1-h1-l1, as in B64-T50-I512-H512-L1",
    "B1-T-5-I1-H1-L1, as in B64-T50-I512-H512-L1",
    "B1-T0-I1-H1-L1, steps T is 0; expected 1 or more",
    "B99999999999-T1-I1-H1-L1, 99999999999 is past the largest size",
  })
  void refuses(String text, String part) {
    String message = assertThrows(IllegalArgumentException.class, () -> Shape.parse(text)).toString();
    assertTrue(message.contains(part), message);
  }

  /** 8·H·(in + H)·B·T, summed over the layers by hand; from no state, the first step's 8·H·H·B less. */
  @Test
  void countsTheProducts() {
    double first = 8.0 * 5 * (3 + 5) * 2 * 7;
    double second = 8.0 * 5 * (5 + 5) * 2 * 7;
    Shape shape = Shape.parse("B2-T7-I3-H5-L3");
    assertEquals(first + 2 * second, shape.forwardFlops(4));
    assertEquals(first + 2 * second - 3 * 8.0 * 5 * 5 * 2, shape.sequenceFlops(4), "the first step from no state");
  }
}
