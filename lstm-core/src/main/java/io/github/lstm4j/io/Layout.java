package io.github.lstm4j.io;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Checks that the tensors of a header fill the data of the file exactly: no hole, no overlap, nothing left over. */
final class Layout {
  private static final Comparator<TensorInfo> BY_OFFSET =
      Comparator.comparingLong(TensorInfo::begin).thenComparingLong(TensorInfo::end);

  private Layout() {}

  /**
   * The tensors in the order of their data.
   *
   * @param file the file, for messages
   * @param tensors what the header says
   * @param dataBytes how many bytes follow the header
   * @throws SafetensorsException if they do not fill the data
   */
  static List<TensorInfo> check(Path file, List<TensorInfo> tensors, long dataBytes) throws SafetensorsException {
    for (TensorInfo tensor : tensors) {
      checkSize(file, tensor, dataBytes);
    }
    List<TensorInfo> ordered = new ArrayList<>(tensors);
    ordered.sort(BY_OFFSET);
    long covered = 0;
    for (TensorInfo tensor : ordered) {
      if (tensor.begin() != covered) {
        String fault = tensor.begin() > covered ? "leaves a hole before it" : "overlaps the tensor before it";
        throw new SafetensorsException(
            file, describe(tensor) + " " + fault + ": it begins at " + tensor.begin() + "; expected " + covered);
      }
      covered = tensor.end();
    }
    if (covered != dataBytes) {
      throw new SafetensorsException(
          file, (dataBytes - covered) + " bytes follow the last tensor's data; expected the file to end there");
    }
    return ordered;
  }

  private static void checkSize(Path file, TensorInfo tensor, long dataBytes) throws SafetensorsException {
    long bytes = tensor.dtype().byteSize();
    for (long size : tensor.shape()) {
      if (size != 0 && bytes > Long.MAX_VALUE / size) {
        throw new SafetensorsException(file, describe(tensor) + " has a size that overflows 63 bits");
      }
      bytes *= size;
    }
    if (tensor.end() < tensor.begin()) {
      throw new SafetensorsException(file, describe(tensor) + " ends before it begins");
    }
    if (tensor.end() - tensor.begin() != bytes) {
      throw new SafetensorsException(
          file,
          describe(tensor) + " has the wrong length: " + (tensor.end() - tensor.begin()) + " bytes; expected " + bytes);
    }
    if (tensor.end() > dataBytes) {
      throw new SafetensorsException(
          file, describe(tensor) + " ends past the file, which has " + dataBytes + " bytes of data: is it cut off?");
    }
  }

  private static String describe(TensorInfo tensor) {
    return "tensor " + Printable.quoted(tensor.name()) + " (" + tensor.dtype() + " " + tensor.shape()
        + ", data_offsets [" + tensor.begin() + ", " + tensor.end() + "])";
  }
}
