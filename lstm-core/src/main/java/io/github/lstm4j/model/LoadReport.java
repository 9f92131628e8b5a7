package io.github.lstm4j.model;

import java.util.List;

/**
 * What became of each tensor of a file that was loaded into a model.
 *
 * @param loaded names in the model that got new values
 * @param missing names in the model that the file did not have
 * @param unknown names in the file that the model does not have
 */
public record LoadReport(List<String> loaded, List<String> missing, List<String> unknown) {
  /**
   * A report.
   *
   * @param loaded names in the model that got new values
   * @param missing names in the model that the file did not have
   * @param unknown names in the file that the model does not have
   */
  public LoadReport {
    loaded = List.copyOf(loaded);
    missing = List.copyOf(missing);
    unknown = List.copyOf(unknown);
  }
}
