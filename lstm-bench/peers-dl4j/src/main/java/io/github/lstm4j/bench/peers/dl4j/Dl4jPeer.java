package io.github.lstm4j.bench.peers.dl4j;

import io.github.lstm4j.bench.Shape;
import io.github.lstm4j.bench.peer.Contestant;
import io.github.lstm4j.bench.peer.Operands;
import io.github.lstm4j.bench.peer.PeerServer;
import io.github.lstm4j.bench.peer.Task;
import io.github.lstm4j.bench.peer.Workload;
import java.io.IOException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** DL4J: a network of LSTM layers alone. Its threads are set by the environment, OMP_NUM_THREADS. */
public final class Dl4jPeer implements Contestant {
  /** PyTorch has the gates in the order i f g o; DL4J's blocks are g f o i. */
  static final int[] GATE_ORDER = {2, 1, 3, 0};

  private Dl4jPeer() {}

  /**
   * Serves.
   *
   * @param arguments the number of threads
   * @throws IOException if the input can't be read
   */
  public static void main(String[] arguments) throws IOException {
    PeerServer.serve(new Dl4jPeer(), Integer.parseInt(arguments[0]));
  }

  @Override
  public Workload prepare(Task task, Operands operands, int threads) {
    return switch (task.mode()) {
      case INFER, STREAM -> new Dl4jInference(task, operands);
      case TRAIN -> new Dl4jTraining(task, operands);
      case GEMM, PEAK -> throw new UnsupportedOperationException("no " + task.mode().word() + " here");
    };
  }

  /** The network with a task's weights. */
  static MultiLayerNetwork network(Task task, Operands operands) {
    Shape shape = task.shape();
    NeuralNetConfiguration.ListBuilder layers = new NeuralNetConfiguration.Builder().dataType(DataType.FLOAT).list();
    for (int layer = 0; layer < shape.layers(); layer++) {
      layers.layer(
          new LSTM.Builder()
              .nIn(task.inputOf(layer))
              .nOut(shape.hidden())
              .activation(Activation.TANH)
              .gateActivationFunction(Activation.SIGMOID)
              .build());
    }
    MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
    network.init();
    for (int layer = 0; layer < shape.layers(); layer++) {
      int in = task.inputOf(layer);
      network.setParam(layer + "_W", transposed(operands.inputWeight(layer), in, shape.hidden()));
      network.setParam(layer + "_RW", transposed(operands.recurrentWeight(layer), shape.hidden(), shape.hidden()));
      network.setParam(layer + "_b", transposed(operands.bias(layer), 1, shape.hidden()));
    }
    return network;
  }

  /** A weight [4H, in] of PyTorch's as DL4J has it: [in, 4H]. */
  private static INDArray transposed(float[] weight, int in, int hidden) {
    float[] result = new float[weight.length];
    for (int block = 0; block < GATE_ORDER.length; block++) {
      for (int unit = 0; unit < hidden; unit++) {
        for (int i = 0; i < in; i++) {
          result[i * 4 * hidden + block * hidden + unit] = weight[(GATE_ORDER[block] * hidden + unit) * in + i];
        }
      }
    }
    return Nd4j.createFromArray(result).reshape(in, 4L * hidden);
  }

  /** The way back. */
  static float[] untransposed(INDArray weight, int in, int hidden) {
    float[] rows = weight.dup('c').data().asFloat();
    float[] result = new float[rows.length];
    for (int block = 0; block < GATE_ORDER.length; block++) {
      for (int unit = 0; unit < hidden; unit++) {
        for (int i = 0; i < in; i++) {
          result[(GATE_ORDER[block] * hidden + unit) * in + i] = rows[i * 4 * hidden + block * hidden + unit];
        }
      }
    }
    return result;
  }

  /** An input [T, B, I] as DL4J has it: [B, I, T]. */
  static INDArray input(Task task, Operands operands) {
    Shape shape = task.shape();
    INDArray timeMajor =
        Nd4j.createFromArray(operands.input()).reshape(shape.steps(), shape.batch(), shape.input());
    return timeMajor.permute(1, 2, 0).dup('f');
  }

  /** The way back. */
  static float[] timeMajor(INDArray sequence) {
    return sequence.permute(2, 0, 1).dup('c').data().asFloat();
  }
}
