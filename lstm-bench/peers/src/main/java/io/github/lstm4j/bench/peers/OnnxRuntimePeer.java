package io.github.lstm4j.bench.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.github.lstm4j.bench.Shape;
import io.github.lstm4j.bench.peer.Contestant;
import io.github.lstm4j.bench.peer.OnnxModel;
import io.github.lstm4j.bench.peer.Operands;
import io.github.lstm4j.bench.peer.Task;
import io.github.lstm4j.bench.peer.TaskMode;
import io.github.lstm4j.bench.peer.Workload;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** ONNX Runtime: inference, all optimizations on, its outputs in buffers that are made once. */
final class OnnxRuntimePeer implements Contestant {
  @Override
  public Workload prepare(Task task, Operands operands, int threads) {
    if (task.mode() != TaskMode.INFER && task.mode() != TaskMode.STREAM) {
      throw new UnsupportedOperationException("ONNX Runtime has inference only");
    }
    try {
      return new Inference(task, operands, threads);
    } catch (OrtException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  private static final class Inference implements Workload {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING);
    private final OrtSession session;
    private final List<OnnxTensor> tensors = new ArrayList<>();
    private final FloatBuffer y;

    /** Inputs and outputs of even and of odd calls: a stream's states change places. */
    private final List<Map<String, OnnxTensor>> inputs = List.of(new HashMap<>(), new HashMap<>());

    private final List<Map<String, OnnxTensor>> outputs = List.of(new HashMap<>(), new HashMap<>());
    private int turn;

    Inference(Task task, Operands operands, int threads) throws OrtException {
      try (SessionOptions options = new SessionOptions()) {
        options.setIntraOpNumThreads(threads);
        options.setInterOpNumThreads(1);
        options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
        session = environment.createSession(OnnxModel.of(task, operands), options);
      }
      Shape shape = task.shape();
      FloatBuffer x = buffer(shape.steps() * shape.batch() * shape.input()).put(operands.input()).flip();
      y = buffer(shape.steps() * shape.batch() * shape.hidden());
      for (int i = 0; i < 2; i++) {
        inputs.get(i).put("x", tensor(x, shape.steps(), shape.batch(), shape.input()));
        outputs.get(i).put("y", tensor(y, shape.steps(), shape.batch(), shape.hidden()));
      }
      if (task.mode() == TaskMode.STREAM) {
        for (int layer = 0; layer < shape.layers(); layer++) {
          state("h", layer, shape);
          state("c", layer, shape);
        }
      }
    }

    private void state(String name, int layer, Shape shape) throws OrtException {
      for (int i = 0; i < 2; i++) {
        OnnxTensor state = tensor(buffer(shape.batch() * shape.hidden()), 1, shape.batch(), shape.hidden());
        inputs.get(i).put(name + "_" + layer, state);
        outputs.get(1 - i).put(name + "n_" + layer, state);
      }
    }

    private OnnxTensor tensor(FloatBuffer buffer, long... sizes) throws OrtException {
      OnnxTensor tensor = OnnxTensor.createTensor(environment, buffer, sizes);
      tensors.add(tensor);
      return tensor;
    }

    private static FloatBuffer buffer(int length) {
      return ByteBuffer.allocateDirect(length * Float.BYTES).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    @Override
    public void call() {
      try {
        session.run(inputs.get(turn), outputs.get(turn)).close();
      } catch (OrtException e) {
        throw new IllegalStateException(e.getMessage(), e);
      }
      turn = 1 - turn;
    }

    @Override
    public List<float[]> results() {
      float[] result = new float[y.capacity()];
      y.get(0, result);
      return List.of(result);
    }

    @Override
    public void close() {
      tensors.forEach(OnnxTensor::close);
      try {
        session.close();
      } catch (OrtException e) {
        throw new IllegalStateException(e.getMessage(), e);
      }
    }
  }
}
