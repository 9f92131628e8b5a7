package io.github.lstm4j.io;

import java.util.List;
import java.util.Map;

/**
 * A parsed safetensors header.
 *
 * @param metadata the strings of {@code __metadata__}, in the file's order
 * @param tensors what it says about each tensor, in the header's order, not yet checked against the file
 */
record Header(Map<String, String> metadata, List<TensorInfo> tensors) {
  /** The key of the metadata among the tensors. */
  static final String METADATA = "__metadata__";
}
