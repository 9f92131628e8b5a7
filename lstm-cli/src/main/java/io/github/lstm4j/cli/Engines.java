package io.github.lstm4j.cli;

/**
 * What the commands run on. The one place where the command line meets the network.
 *
 * @param forecaster trains and forecasts
 * @param layerRunner runs a bare layer
 * @param modelFiles reads what a model file holds
 */
record Engines(Forecaster forecaster, LayerRunner layerRunner, ModelContents.Reader modelFiles) {
  /** What the program runs on. */
  static Engines standard() {
    return new Engines(
        (request, progress) -> {
          throw notYet("forecast");
        },
        request -> {
          throw notYet("apply");
        },
        file -> {
          throw notYet("info FILE");
        });
  }

  private static UnsupportedOperationException notYet(String command) {
    return new UnsupportedOperationException("'" + command + "' is not connected to the network yet");
  }
}
