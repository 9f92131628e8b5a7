package io.github.lstm4j.oracle;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A stored reference case: a minimal reader of safetensors for files we trust, on purpose independent of the library's
 * own. Names and metadata are those of the golden cases: parameters under PyTorch's names, in.*, out.*, seed.*, grad.*.
 */
public final class GoldenFile {
  private final String name;
  private final ByteBuffer data;
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private record Entry(String dtype, List<Integer> shape, int begin, int end) {}

  /**
   * Reads a file's bytes.
   *
   * @param name for messages
   * @param bytes the whole file
   * @throws IOException if the header is no JSON
   */
  public GoldenFile(String name, byte[] bytes) throws IOException {
    this.name = name;
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int header = Math.toIntExact(file.getLong());
    this.data = file.slice(Long.BYTES + header, bytes.length - Long.BYTES - header).order(ByteOrder.LITTLE_ENDIAN);
    try (JsonParser json =
        new JsonFactory().createParser(new String(bytes, Long.BYTES, header, StandardCharsets.UTF_8))) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String key = json.currentName();
        json.nextToken();
        if (key.equals("__metadata__")) {
          while (json.nextToken() == JsonToken.FIELD_NAME) {
            metadata.put(json.currentName(), json.nextTextValue());
          }
        } else {
          entries.put(key, entry(json));
        }
      }
    }
  }

  private static Entry entry(JsonParser json) throws IOException {
    String dtype = "";
    Map<String, List<Integer>> lists = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      if (json.nextToken() == JsonToken.VALUE_STRING) {
        dtype = json.getText();
      } else {
        List<Integer> numbers = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          numbers.add(json.getIntValue());
        }
        lists.put(key, numbers);
      }
    }
    List<Integer> offsets = lists.getOrDefault("data_offsets", List.of());
    return new Entry(dtype, lists.getOrDefault("shape", List.of()), offsets.getFirst(), offsets.getLast());
  }

  /**
   * The file's name, without folders.
   *
   * @return such as 001-lstm-i2-h24-l3-b5-t7-packed.safetensors
   */
  public String name() {
    return name;
  }

  /**
   * A value of the metadata.
   *
   * @param key such as hidden_size
   * @return the text
   * @throws IllegalArgumentException if there is none
   */
  public String metadata(String key) {
    String value = metadata.get(key);
    if (value == null) {
      throw new IllegalArgumentException(name + ": no " + key + " in the metadata, only " + metadata.keySet());
    }
    return value;
  }

  /**
   * A value of the metadata that may be missing.
   *
   * @param key such as optimizer.momentum
   * @return the text, if there is one
   */
  public Optional<String> optionalMetadata(String key) {
    return Optional.ofNullable(metadata.get(key));
  }

  /**
   * Whether this is a training run and not a single pass.
   *
   * @return true for files of kind trajectory
   */
  public boolean isTrajectory() {
    return "trajectory".equals(metadata.get("kind"));
  }

  /**
   * The tensors.
   *
   * @return their names
   */
  public Set<String> names() {
    return entries.keySet();
  }

  private Entry entry(String tensor, String dtype) {
    Entry entry = entries.get(tensor);
    if (entry == null || !entry.dtype.equals(dtype)) {
      throw new IllegalArgumentException(name + ": no tensor " + tensor + " of " + dtype + " but " + entry);
    }
    return entry;
  }

  /**
   * A float32 tensor.
   *
   * @param tensor its name
   * @return its elements, widened, row-major
   * @throws IllegalArgumentException if there is none
   */
  public double[] tensor(String tensor) {
    Entry entry = entry(tensor, "F32");
    double[] values = new double[(entry.end - entry.begin) / Float.BYTES];
    for (int i = 0; i < values.length; i++) {
      values[i] = data.getFloat(entry.begin + i * Float.BYTES);
    }
    return values;
  }

  /**
   * An int64 tensor.
   *
   * @param tensor its name
   * @return its elements, row-major
   * @throws IllegalArgumentException if there is none
   */
  public long[] integers(String tensor) {
    Entry entry = entry(tensor, "I64");
    long[] values = new long[(entry.end - entry.begin) / Long.BYTES];
    for (int i = 0; i < values.length; i++) {
      values[i] = data.getLong(entry.begin + i * Long.BYTES);
    }
    return values;
  }

  /**
   * The dimensions of a tensor.
   *
   * @param tensor its name
   * @return the shape
   * @throws IllegalArgumentException if there is none
   */
  public List<Integer> shape(String tensor) {
    Entry entry = entries.get(tensor);
    if (entry == null) {
      throw new IllegalArgumentException(name + ": no tensor " + tensor);
    }
    return List.copyOf(entry.shape);
  }

  /**
   * A number of the metadata.
   *
   * @param key such as hidden_size
   * @return the number
   */
  public int integer(String key) {
    return Integer.parseInt(metadata(key));
  }

  private boolean flag(String key) {
    return metadata(key).equals("True");
  }

  /**
   * The case that the oracle or the library can run; not for a trajectory.
   *
   * @return configuration and numbers
   */
  public OracleCase toCase() {
    Cell cell =
        switch (metadata("cell")) {
          case "lstm" -> Cell.LSTM;
          case "gru" -> Cell.GRU;
          case "rnn" -> metadata("nonlinearity").equals("relu") ? Cell.RNN_RELU : Cell.RNN_TANH;
          default -> throw new IllegalArgumentException(name + ": cell " + metadata("cell"));
        };
    List<Integer> lengths = new ArrayList<>();
    if (flag("packed")) {
      for (long length : integers("in.lengths")) {
        lengths.add(Math.toIntExact(length));
      }
    }
    RecurrentConfig config =
        new RecurrentConfig(
            cell,
            integer("input_size"),
            integer("hidden_size"),
            integer("num_layers"),
            flag("bias"),
            flag("bidirectional"),
            integer("proj_size"),
            integer("batch"),
            integer("steps"),
            lengths);
    Map<String, double[]> tensors = new LinkedHashMap<>();
    for (String tensor : config.inputNames()) {
      tensors.put(tensor, tensor(tensor));
    }
    return new OracleCase(config, tensors, name);
  }

  @Override
  public String toString() {
    return name;
  }
}
