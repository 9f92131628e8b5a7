package io.github.lstm4j.bench.peers;

import java.util.Arrays;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.data_type;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;

/** An engine of oneDNN on the CPU, and float32 memory on it. */
final class OneDnn {
  final engine cpu = new engine(dnnl.dnnl_cpu, 0);
  final stream queue = new stream(cpu);

  /** A format of memory. */
  static memory.desc format(format_tag tag, long... sizes) {
    return new memory.desc(sizes, data_type.f32, tag);
  }

  /** Memory whose content does not matter. */
  memory make(memory.desc format) {
    return new memory(format, cpu);
  }

  /** Memory that holds numbers, as they are. */
  memory make(memory.desc format, float[] numbers) {
    memory made = make(format);
    floats(made).put(numbers);
    return made;
  }

  /** The same content in another format. */
  memory convert(memory from, memory.desc format) {
    memory to = make(format);
    new reorder(from, to).execute(queue, from, to);
    queue._wait();
    return to;
  }

  /** The numbers of memory, as they are. */
  static float[] numbers(memory from) {
    float[] numbers = new float[Math.toIntExact(from.get_desc().get_size() / Float.BYTES)];
    floats(from).get(numbers);
    return numbers;
  }

  static FloatPointer floats(memory of) {
    return new FloatPointer(of.get_data_handle());
  }

  static void fill(memory of, float value) {
    float[] numbers = new float[Math.toIntExact(of.get_desc().get_size() / Float.BYTES)];
    Arrays.fill(numbers, value);
    floats(of).put(numbers);
  }
}
