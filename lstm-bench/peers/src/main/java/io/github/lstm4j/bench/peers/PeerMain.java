package io.github.lstm4j.bench.peers;

import io.github.lstm4j.bench.peer.Contestant;
import io.github.lstm4j.bench.peer.PeerServer;
import java.io.IOException;

/** The process of one native peer. */
public final class PeerMain {
  private PeerMain() {}

  /**
   * Serves.
   *
   * @param arguments the peer's name and the number of threads
   * @throws IOException if the input can't be read
   */
  public static void main(String[] arguments) throws IOException {
    PeerServer.serve(contestant(arguments[0]), Integer.parseInt(arguments[1]));
  }

  private static Contestant contestant(String name) {
    return switch (name) {
      case "onnxruntime" -> new OnnxRuntimePeer();
      case "libtorch" -> new LibtorchPeer();
      case "onednn" -> new OneDnnPeer();
      case "openblas" -> new OpenBlasPeer();
      default -> throw new IllegalArgumentException(
          "peer \"" + name + "\"; expected onnxruntime, libtorch, onednn or openblas");
    };
  }
}
