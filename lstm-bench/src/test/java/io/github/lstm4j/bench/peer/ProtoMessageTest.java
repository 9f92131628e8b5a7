package io.github.lstm4j.bench.peer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Against the examples of protobuf's own description of its wire format. */
class ProtoMessageTest {
  @Test
  void integersAreVarints() {
    expect("089601", new ProtoMessage().integer(1, 150));
  }

  @Test
  void textHasItsLengthInFront() {
    expect("120774657374696e67", new ProtoMessage().text(2, "testing"));
  }

  @Test
  void messagesNest() {
    expect("1a03089601", new ProtoMessage().message(3, new ProtoMessage().integer(1, 150)));
  }

  @Test
  void fieldsPastFifteenTakeTwoBytes() {
    expect("a00102", new ProtoMessage().integer(20, 2));
  }

  @Test
  void floatsAreLittleEndian() {
    expect("4a040000803f", new ProtoMessage().floats(9, new float[] {1}));
  }

  private static void expect(String hex, ProtoMessage message) {
    assertArrayEquals(HexFormat.of().parseHex(hex), message.toBytes());
  }
}
