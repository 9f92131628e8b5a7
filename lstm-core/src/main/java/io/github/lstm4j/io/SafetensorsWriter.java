package io.github.lstm4j.io;

import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Collects tensors and writes them as one safetensors file, byte for byte as the format's own writer orders and pads
 * them; metadata, whose order is random there, is sorted by key.
 *
 * <p>Nothing is copied until {@link #write(Path)}, which streams: tensors and matrices must stay as they are until
 * then. A writer refuses what {@link SafetensorsFile} would refuse to read. It belongs to one thread.
 */
public final class SafetensorsWriter {
  /** UTF-8 bytes and code points sort alike; Java's own order of strings differs past the basic plane. */
  private static final Comparator<String> BY_UTF8 =
      (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

  private static final Comparator<Entry> BY_DTYPE_THEN_NAME =
      Comparator.comparing(Entry::dtype).reversed().thenComparing(Entry::name, BY_UTF8);

  private final Map<String, Entry> entries = new TreeMap<>(BY_UTF8);
  private final Map<String, String> metadata = new TreeMap<>(BY_UTF8);
  private final Map<String, String> tied = new TreeMap<>(BY_UTF8);

  private record Entry(
      String name, DType dtype, List<Long> shape, long elements, IoConsumer<LittleEndianSink> content) {}

  /** A writer without tensors. */
  public SafetensorsWriter() {}

  /**
   * Adds a string to the file's metadata.
   *
   * @param key its key, at most {@link SafetensorsLimits#NAME_BYTES} bytes
   * @param value the string
   * @return this writer
   * @throws IllegalArgumentException if the key is taken or too long, or a string is not valid Unicode
   */
  public SafetensorsWriter metadata(String key, String value) {
    checkName(key);
    checkUnicode(value, "the value of metadata " + Printable.quoted(key));
    if (metadata.putIfAbsent(key, value) != null) {
      throw new IllegalArgumentException("metadata " + Printable.quoted(key) + " is there already");
    }
    return this;
  }

  /**
   * Adds a tensor as F32.
   *
   * @param name its name
   * @param tensor its elements and shape; read when the file is written
   * @return this writer
   * @throws IllegalArgumentException if the name is taken or not allowed, or the rank is too high
   */
  public SafetensorsWriter tensor(String name, Tensor tensor) {
    float[] data = tensor.data();
    return add(new Entry(name, DType.F32, longs(tensor.shape()), data.length, sink -> sink.floats(data)));
  }

  /**
   * Adds a matrix as F32 [rows, columns].
   *
   * @param name its name
   * @param matrix its elements; read when the file is written, row by row without the padding
   * @return this writer
   * @throws IllegalArgumentException if the name is taken or not allowed
   */
  public SafetensorsWriter tensor(String name, Matrix matrix) {
    return tensor(name, matrix, new int[] {matrix.rows(), matrix.columns()});
  }

  /**
   * Adds the elements of a matrix as F32 under another shape, such as a bias [1, n] as [n].
   *
   * @param name its name
   * @param matrix its elements; read when the file is written, row by row without the padding
   * @param shape the sizes, an empty array for a scalar
   * @return this writer
   * @throws IllegalArgumentException if the name is taken or not allowed, or the shape has another number of elements
   */
  public SafetensorsWriter tensor(String name, Matrix matrix, int... shape) {
    long elements = (long) matrix.rows() * matrix.columns();
    return add(new Entry(name, DType.F32, longs(shape), elements, sink -> sink.floats(matrix)));
  }

  /**
   * Adds integers as I64 [length].
   *
   * @param name their name
   * @param values the integers; read when the file is written
   * @return this writer
   * @throws IllegalArgumentException if the name is taken or not allowed
   */
  public SafetensorsWriter indices(String name, long[] values) {
    return indices(name, values, new int[] {values.length});
  }

  /**
   * Adds integers as I64.
   *
   * @param name their name
   * @param values the integers, row-major; read when the file is written
   * @param shape the sizes, an empty array for a scalar
   * @return this writer
   * @throws IllegalArgumentException if the name is taken or not allowed, or the shape has another number of elements
   */
  public SafetensorsWriter indices(String name, long[] values, int... shape) {
    return add(new Entry(name, DType.I64, longs(shape), values.length, sink -> sink.longs(values)));
  }

  /**
   * Lets a name stand for another tensor, as PyTorch's {@code save_model} does for weights that share storage.
   *
   * @param dropped the name that gets no data of its own
   * @param kept the tensor that it stands for, which must have been added by the time the file is written
   * @return this writer
   * @throws IllegalArgumentException if the dropped name is tied already, or not allowed
   */
  public SafetensorsWriter tied(String dropped, String kept) {
    checkName(dropped);
    if (tied.putIfAbsent(dropped, kept) != null) {
      throw new IllegalArgumentException(Printable.quoted(dropped) + " is tied already");
    }
    return this;
  }

  private SafetensorsWriter add(Entry entry) {
    checkName(entry.name);
    String tensor = "tensor " + Printable.quoted(entry.name);
    if (entry.name.equals(Header.METADATA)) {
      throw new IllegalArgumentException("no tensor can be named " + Header.METADATA + ": the format uses that name");
    }
    if (entry.shape.size() > SafetensorsLimits.RANK) {
      throw new IllegalArgumentException(
          tensor + " has " + entry.shape.size() + " dimensions; expected at most " + SafetensorsLimits.RANK);
    }
    long expected = elements(tensor, entry.shape);
    if (entry.elements != expected) {
      throw new IllegalArgumentException(
          tensor + " has " + entry.elements + " elements; shape " + entry.shape + " expects " + expected);
    }
    if (entries.size() == SafetensorsLimits.TENSORS) {
      throw new IllegalArgumentException(
          tensor + " would be one too many; expected at most " + SafetensorsLimits.TENSORS + " tensors");
    }
    if (entries.putIfAbsent(entry.name, entry) != null) {
      throw new IllegalArgumentException(tensor + " is there already");
    }
    return this;
  }

  private static List<Long> longs(int[] shape) {
    return Arrays.stream(shape).asLongStream().boxed().toList();
  }

  private static long elements(String tensor, List<Long> shape) {
    long product = 1;
    for (long size : shape) {
      if (size < 0 || (size != 0 && product > Long.MAX_VALUE / Long.BYTES / size)) {
        throw new IllegalArgumentException(
            tensor + ": shape " + shape + " has a size that is negative or overflows");
      }
      product *= size;
    }
    return product;
  }

  private static void checkName(String name) {
    if (SafetensorsLimits.isNameTooLong(name)) {
      throw new IllegalArgumentException(
          "the name " + Printable.quoted(name) + " is longer than " + SafetensorsLimits.NAME_BYTES + " bytes");
    }
    checkUnicode(name, "the name");
  }

  private static void checkUnicode(String text, String what) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException(what + " " + Printable.quoted(text) + " has half a surrogate pair");
    }
  }

  /**
   * Writes the file, as a whole or not at all.
   *
   * @param file the file to make or to replace
   * @throws IOException if it cannot be written; what lay there before is untouched then
   * @throws IllegalArgumentException if a tied name leads nowhere or is taken, or the header gets too large
   */
  public void write(Path file) throws IOException {
    List<Entry> ordered = new ArrayList<>(entries.values());
    ordered.sort(BY_DTYPE_THEN_NAME);
    byte[] header = HeaderWriter.write(new Header(allMetadata(), places(ordered)));
    if (header.length > SafetensorsLimits.HEADER_BYTES) {
      throw new IllegalArgumentException(
          "the header has " + header.length + " bytes; expected at most " + SafetensorsLimits.HEADER_BYTES);
    }
    AtomicFiles.writeChannel(
        file,
        channel -> {
          try (LittleEndianSink sink = new LittleEndianSink(channel)) {
            sink.longs(new long[] {header.length});
            sink.bytes(header);
            for (Entry entry : ordered) {
              entry.content.accept(sink);
            }
            sink.flush();
          }
        });
  }

  private static List<TensorInfo> places(List<Entry> ordered) {
    List<TensorInfo> places = new ArrayList<>();
    long begin = 0;
    for (Entry entry : ordered) {
      long end = begin + entry.elements * entry.dtype.byteSize();
      places.add(new TensorInfo(entry.name, entry.dtype, entry.shape, begin, end));
      begin = end;
    }
    return places;
  }

  private Map<String, String> allMetadata() {
    Map<String, String> all = new TreeMap<>(BY_UTF8);
    all.putAll(metadata);
    tied.forEach(
        (dropped, kept) -> {
          if (!entries.containsKey(kept)) {
            throw new IllegalArgumentException(
                Printable.quoted(dropped) + " is tied to " + Printable.quoted(kept)
                    + ", which is no tensor of this file");
          }
          if (entries.containsKey(dropped) || all.containsKey(dropped)) {
            throw new IllegalArgumentException(
                Printable.quoted(dropped) + " is tied to " + Printable.quoted(kept)
                    + " and also a tensor or metadata of its own");
          }
          all.put(dropped, kept);
        });
    if (all.size() > SafetensorsLimits.METADATA_ENTRIES) {
      throw new IllegalArgumentException(
          "metadata and tied names are " + all.size() + "; expected at most " + SafetensorsLimits.METADATA_ENTRIES);
    }
    return all;
  }
}
