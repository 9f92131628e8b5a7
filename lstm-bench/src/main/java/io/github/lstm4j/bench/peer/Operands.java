package io.github.lstm4j.bench.peer;

import io.github.lstm4j.bench.Shape;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * The numbers of a task, the same for every contestant, in a file of little-endian float32 without a header. For a
 * recurrent task: the input [T, B, I]; then for each layer, as PyTorch has them, gates in the order i f g o: the input
 * weight [4H, in], the recurrent weight [4H, H], the input bias [4H], the recurrent bias [4H]. For a product: a [m, k],
 * b [k, n].
 */
public final class Operands {
  private static final long SEED = 20250101;

  private final Task task;
  private final float[] numbers;

  private Operands(Task task, float[] numbers) {
    this.task = task;
    this.numbers = numbers;
  }

  /**
   * Makes up the numbers of a task: inputs uniform in [−1, 1), weights and biases in ±1/√H as PyTorch starts them.
   *
   * @param task the task
   * @return its numbers, the same in every run
   */
  public static Operands make(Task task) {
    float[] numbers = new float[length(task)];
    int inputs = task.mode() == TaskMode.GEMM ? numbers.length : inputLength(task);
    float scale = task.mode() == TaskMode.GEMM ? 1 : (float) (1 / Math.sqrt(task.shape().hidden()));
    Random random = new Random(SEED);
    for (int i = 0; i < numbers.length; i++) {
      float number = 2 * random.nextFloat() - 1;
      numbers[i] = i < inputs ? number : scale * number;
    }
    return new Operands(task, numbers);
  }

  /**
   * Reads the numbers of a task.
   *
   * @param task the task
   * @param file what {@link #write} wrote
   * @return its numbers
   * @throws IOException if the file can't be read or has another length
   */
  public static Operands read(Task task, Path file) throws IOException {
    float[] numbers = readFloats(file);
    if (numbers.length != length(task)) {
      throw new IOException(file + " holds " + numbers.length + " numbers; expected " + length(task) + " for " + task);
    }
    return new Operands(task, numbers);
  }

  /**
   * Reads a file of little-endian float32.
   *
   * @param file the file
   * @return its numbers
   * @throws IOException if it can't be read
   */
  public static float[] readFloats(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer bytes = channel.map(MapMode.READ_ONLY, 0, channel.size()).order(ByteOrder.LITTLE_ENDIAN);
      float[] numbers = new float[bytes.remaining() / Float.BYTES];
      bytes.asFloatBuffer().get(numbers);
      return numbers;
    }
  }

  /**
   * Writes numbers as little-endian float32.
   *
   * @param stream where to
   * @param numbers what
   * @throws IOException if it can't be written
   */
  public static void writeFloats(OutputStream stream, float[] numbers) throws IOException {
    DataOutputStream data = new DataOutputStream(new BufferedOutputStream(stream, 1 << 16));
    for (float number : numbers) {
      data.writeInt(Integer.reverseBytes(Float.floatToRawIntBits(number)));
    }
    data.flush();
  }

  /**
   * Writes the numbers.
   *
   * @param file where to
   * @throws IOException if it can't be written
   */
  public void write(Path file) throws IOException {
    try (OutputStream stream = Files.newOutputStream(file)) {
      writeFloats(stream, numbers);
    }
  }

  /**
   * The input of a recurrent task.
   *
   * @return [T, B, I]
   */
  public float[] input() {
    return slice(0, inputLength(task));
  }

  /**
   * A layer's input weight.
   *
   * @param layer from 0
   * @return [4H, in]
   */
  public float[] inputWeight(int layer) {
    return slice(start(layer), gates() * task.inputOf(layer));
  }

  /**
   * A layer's recurrent weight.
   *
   * @param layer from 0
   * @return [4H, H]
   */
  public float[] recurrentWeight(int layer) {
    return slice(start(layer) + gates() * task.inputOf(layer), gates() * task.shape().hidden());
  }

  /**
   * A layer's bias of the input.
   *
   * @param layer from 0
   * @return [4H]
   */
  public float[] inputBias(int layer) {
    return slice(start(layer + 1) - 2 * gates(), gates());
  }

  /**
   * A layer's bias of the recurrence.
   *
   * @param layer from 0
   * @return [4H]
   */
  public float[] recurrentBias(int layer) {
    return slice(start(layer + 1) - gates(), gates());
  }

  /**
   * The sum of a layer's biases, for those that have one.
   *
   * @param layer from 0
   * @return [4H]
   */
  public float[] bias(int layer) {
    float[] sum = inputBias(layer);
    float[] other = recurrentBias(layer);
    for (int i = 0; i < sum.length; i++) {
      sum[i] += other[i];
    }
    return sum;
  }

  /**
   * The left operand of a product.
   *
   * @return [m, k]
   */
  public float[] a() {
    return slice(0, task.product().m() * task.product().k());
  }

  /**
   * The right operand of a product.
   *
   * @return [k, n]
   */
  public float[] b() {
    return slice(task.product().m() * task.product().k(), task.product().k() * task.product().n());
  }

  private float[] slice(int from, int length) {
    float[] part = new float[length];
    System.arraycopy(numbers, from, part, 0, length);
    return part;
  }

  private int gates() {
    return 4 * task.shape().hidden();
  }

  private int start(int layer) {
    return start(task, layer);
  }

  private static int inputLength(Task task) {
    Shape shape = task.shape();
    return shape.steps() * shape.batch() * shape.input();
  }

  /** Where a layer's numbers start. */
  private static int start(Task task, int layer) {
    int at = inputLength(task);
    int hidden = task.shape().hidden();
    for (int below = 0; below < layer; below++) {
      at += 4 * hidden * (task.inputOf(below) + hidden + 2);
    }
    return at;
  }

  private static int length(Task task) {
    return switch (task.mode()) {
      case GEMM -> task.product().m() * task.product().k() + task.product().k() * task.product().n();
      case PEAK -> 0;
      case INFER, TRAIN, STREAM -> start(task, task.shape().layers());
    };
  }
}
