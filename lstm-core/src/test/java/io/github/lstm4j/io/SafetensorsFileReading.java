package io.github.lstm4j.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lstm4j.memory.Tensor;
import java.io.IOException;
import java.nio.file.Path;

/** Reads all that a file holds, as far as its types allow. */
final class SafetensorsFileReading {
  private SafetensorsFileReading() {}

  /** How many tensors there were; fails if one was accepted that does not hold what its shape says. */
  static int readAll(Path path) throws IOException {
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      for (String name : file.names()) {
        TensorInfo info = file.info(name);
        assertEquals(info.elements() * info.dtype().byteSize(), info.end() - info.begin());
        if (ElementReader.isFloat(info.dtype())) {
          Tensor tensor = file.tensor(name);
          assertEquals(info.elements(), tensor.data().length);
        } else if (ElementReader.isIndex(info.dtype())) {
          assertEquals(info.elements(), file.indices(name).length);
        } else {
          assertThrows(SafetensorsException.class, () -> file.tensor(name));
        }
      }
      for (String tied : file.tied().keySet()) {
        assertEquals(file.info(tied), file.info(file.tied().get(tied)));
      }
      return file.names().size();
    }
  }
}
