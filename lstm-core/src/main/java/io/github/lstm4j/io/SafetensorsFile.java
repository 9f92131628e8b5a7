package io.github.lstm4j.io;

import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An open safetensors file, mapped into memory: its header was checked as a whole before anything of it is believed,
 * and a tensor's bytes are touched only when it is read.
 *
 * <p>Any number of threads may read at once. Use after {@link #close()} throws {@link IllegalStateException}. The file
 * must not be cut shorter while it is open; replacing it as {@link AtomicFiles} does is safe.
 *
 * <p>Layout: the header's length N as 8 bytes little-endian, N bytes of JSON, the data of all tensors without a gap.
 */
public final class SafetensorsFile implements AutoCloseable {
  private static final ValueLayout.OfLong LENGTH = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Path file;
  private final Arena arena;
  private final MemorySegment data;
  private final Map<String, String> metadata;
  private final Map<String, TensorInfo> tensors;

  private SafetensorsFile(Path file, Arena arena, MemorySegment content) throws SafetensorsException {
    this.file = file;
    this.arena = arena;
    long headerBytes = headerBytes(file, content);
    Header header = HeaderParser.parse(file, content.asSlice(Long.BYTES, headerBytes).asByteBuffer());
    this.data = content.asSlice(Long.BYTES + headerBytes);
    this.metadata = Collections.unmodifiableMap(header.metadata());
    Map<String, TensorInfo> byName = new LinkedHashMap<>();
    for (TensorInfo tensor : Layout.check(file, header.tensors(), data.byteSize())) {
      byName.put(tensor.name(), tensor);
    }
    this.tensors = Collections.unmodifiableMap(byName);
  }

  /**
   * Opens and checks a file.
   *
   * @param file the file
   * @return the open file, to be closed by the caller
   * @throws SafetensorsException if it is not safetensors, corrupt, or past {@link SafetensorsLimits}
   * @throws IOException if it cannot be read
   */
  public static SafetensorsFile open(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new FileSystemException(file.toString(), null, "this is a folder; expected a safetensors file");
    }
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString(), null, "no such file; expected a safetensors file");
    }
    Arena arena = Arena.ofShared();
    boolean opened = false;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      MemorySegment content = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      SafetensorsFile result = new SafetensorsFile(file, arena, content);
      opened = true;
      return result;
    } finally {
      if (!opened) {
        arena.close();
      }
    }
  }

  private static long headerBytes(Path file, MemorySegment content) throws SafetensorsException {
    String problem = startProblem(content);
    if (problem == null) {
      return content.get(LENGTH, 0);
    }
    throw Pickles.isPickle(file, content) ? Pickles.refuse(file) : new SafetensorsException(file, problem);
  }

  private static @Nullable String startProblem(MemorySegment content) {
    long fileBytes = content.byteSize();
    if (fileBytes < Long.BYTES) {
      return "the file has " + fileBytes + " bytes; expected at least the 8 of a safetensors header's length";
    }
    long headerBytes = content.get(LENGTH, 0);
    if (Long.compareUnsigned(headerBytes, SafetensorsLimits.HEADER_BYTES) > 0) {
      return "the header claims " + Long.toUnsignedString(headerBytes) + " bytes; expected at most "
          + SafetensorsLimits.HEADER_BYTES + " (is this a safetensors file?)";
    }
    if (headerBytes > fileBytes - Long.BYTES) {
      return "the header claims " + headerBytes + " bytes, past the end of the file, which has " + fileBytes;
    }
    if (headerBytes == 0 || content.get(ValueLayout.JAVA_BYTE, Long.BYTES) != '{') {
      return "the header does not start with '{' (is this a safetensors file?)";
    }
    return null;
  }

  /**
   * The file's own strings.
   *
   * @return the strings of {@code __metadata__} by key, in the file's order; unmodifiable
   */
  public Map<String, String> metadata() {
    return metadata;
  }

  /**
   * The tensors' names, tied ones not among them.
   *
   * @return the names in the order of their data; unmodifiable
   */
  public List<String> names() {
    return List.copyOf(tensors.keySet());
  }

  /**
   * The names that stand for another tensor, which PyTorch's {@code save_model} dropped because the two share storage:
   * the metadata maps them to the name that was kept.
   *
   * @return the kept name by dropped name, in the file's order; unmodifiable
   */
  public Map<String, String> tied() {
    Map<String, String> tied = new LinkedHashMap<>();
    metadata.forEach(
        (dropped, kept) -> {
          if (!tensors.containsKey(dropped) && tensors.containsKey(kept)) {
            tied.put(dropped, kept);
          }
        });
    return Collections.unmodifiableMap(tied);
  }

  /**
   * Whether a tensor can be read.
   *
   * @param name its name, or one tied to it
   * @return whether it is there
   */
  public boolean contains(String name) {
    return find(name) != null;
  }

  private @Nullable TensorInfo find(String name) {
    TensorInfo own = tensors.get(name);
    if (own != null) {
      return own;
    }
    String kept = metadata.get(name);
    return kept == null ? null : tensors.get(kept);
  }

  /**
   * What the header says about a tensor.
   *
   * @param name its name, or one tied to it
   * @return type, shape and place; under the kept name for a tied one
   * @throws SafetensorsException if there is no such tensor; the message gives names that are near
   */
  public TensorInfo info(String name) throws SafetensorsException {
    TensorInfo info = find(name);
    if (info == null) {
      throw new SafetensorsException(
          file, "there is no tensor " + Printable.quoted(name) + "; " + NearNames.hint(name, tensors.keySet()));
    }
    return info;
  }

  /**
   * A tensor of floats, converted to float32: F32 keeps its bits, F16 and BF16 are exact, F64 is rounded to nearest.
   *
   * @param name its name, or one tied to it
   * @return a copy on the heap
   * @throws SafetensorsException if there is no such tensor, it is not F64, F32, F16 or BF16, or no array holds it
   */
  public Tensor tensor(String name) throws SafetensorsException {
    TensorInfo info = floats(name);
    int[] sizes = heapSizes(info);
    return Tensor.of(ElementReader.floats(data(info), info.dtype(), Tensor.elements(sizes)), sizes);
  }

  /**
   * A tensor of integers, such as indices or lengths.
   *
   * @param name its name, or one tied to it
   * @return its elements, row-major; {@link #info(String)} has the shape
   * @throws SafetensorsException if there is no such tensor, it is not I64 or I32, or no array holds it
   */
  public long[] indices(String name) throws SafetensorsException {
    TensorInfo info = info(name);
    if (!ElementReader.isIndex(info.dtype())) {
      throw wrongType(info, "I64 or I32");
    }
    return ElementReader.longs(data(info), info.dtype(), Tensor.elements(heapSizes(info)));
  }

  /**
   * Reads a tensor of floats into off-heap storage, converted as {@link #tensor(String)} does it.
   *
   * @param name its name, or one tied to it
   * @param target as many elements as the tensor has, filled row-major
   * @throws SafetensorsException if there is no such tensor, or it is not F64, F32, F16 or BF16
   * @throws IllegalArgumentException if the target has another number of elements; nothing is read then
   */
  public void read(String name, Matrix target) throws SafetensorsException {
    TensorInfo info = floats(name);
    long room = (long) target.rows() * target.columns();
    if (info.elements() != room) {
      throw new IllegalArgumentException(
          "tensor " + Printable.quoted(name) + " has shape " + info.shape() + ", " + info.elements()
              + " elements; expected " + room + " for a matrix [" + target.rows() + ", " + target.columns() + "]");
    }
    ElementReader.floats(data(info), info.dtype(), target);
  }

  private TensorInfo floats(String name) throws SafetensorsException {
    TensorInfo info = info(name);
    if (!ElementReader.isFloat(info.dtype())) {
      throw wrongType(info, "F64, F32, F16 or BF16");
    }
    return info;
  }

  private SafetensorsException wrongType(TensorInfo info, String expected) {
    return new SafetensorsException(
        file, "tensor " + Printable.quoted(info.name()) + " has dtype " + info.dtype() + "; expected " + expected);
  }

  private int[] heapSizes(TensorInfo info) throws SafetensorsException {
    // Every leading product has to fit, as in Tensor: a trailing zero does not make [2^31, 0] an int[].
    long product = 1;
    for (long size : info.shape()) {
      if (size > Integer.MAX_VALUE || product * size > Integer.MAX_VALUE) {
        throw new SafetensorsException(
            file,
            "tensor " + Printable.quoted(info.name()) + " of shape " + info.shape() + " is too large for an array");
      }
      product *= size;
    }
    return info.sizes();
  }

  private MemorySegment data(TensorInfo info) {
    return data.asSlice(info.begin(), info.end() - info.begin());
  }

  /** Unmaps the file; a second call does nothing. */
  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }

  @Override
  public String toString() {
    return file + ": " + tensors.size() + " tensors, " + data.byteSize() + " bytes of data";
  }
}
