package io.github.lstm4j.cli;

import io.github.lstm4j.cli.Choices.Cell;
import io.github.lstm4j.io.SafetensorsFile;
import io.github.lstm4j.io.SafetensorsWriter;
import io.github.lstm4j.io.TensorInfo;
import io.github.lstm4j.layer.CellKind;
import io.github.lstm4j.layer.Mode;
import io.github.lstm4j.layer.Parameter;
import io.github.lstm4j.layer.Recurrent;
import io.github.lstm4j.layer.RecurrentGradients;
import io.github.lstm4j.layer.RecurrentInput;
import io.github.lstm4j.layer.RecurrentNames;
import io.github.lstm4j.layer.RecurrentOptions;
import io.github.lstm4j.layer.RecurrentOutput;
import io.github.lstm4j.layer.RecurrentTape;
import io.github.lstm4j.memory.Tensor;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs a recurrent layer that PyTorch exported. */
final class TorchLayerRunner implements LayerRunner {
  /** The gradients of a loss by the outputs; one that is missing is zero. */
  private static final List<String> SEEDS = List.of("seed.y", "seed.hn", "seed.cn");

  @Override
  public String apply(Request request) throws IOException {
    try (SafetensorsFile model = SafetensorsFile.open(request.model());
        SafetensorsFile input = SafetensorsFile.open(request.input());
        Recurrent layer = layer(model, request)) {
      SafetensorsWriter output = new SafetensorsWriter();
      if (request.gradients() && SEEDS.stream().noneMatch(input::contains)) {
        throw new IllegalArgumentException(
            "--grad with " + request.input() + ", which holds no gradient of an output, would write zeros; expected "
                + String.join(", ", SEEDS) + " or some of them");
      }
      Tensor x = input.tensor("in.x");
      run(layer, x, input, request.gradients(), output);
      output.write(request.output());
      return layer + " run on " + x.shapeText() + ", written to " + request.output();
    }
  }

  private static Recurrent layer(SafetensorsFile model, Request request) throws IOException {
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    for (String name : model.names()) {
      TensorInfo info = model.info(name);
      shapes.put(name, shape(request, name, info));
    }
    RecurrentOptions options = RecurrentNames.infer(shapes, "", cell(shapes, model.metadata(), request));
    if (request.nonlinearity() != null && (options.cell() == CellKind.LSTM || options.cell() == CellKind.GRU)) {
      throw new IllegalArgumentException(
          "--nonlinearity is " + request.nonlinearity() + " and the model holds a layer of kind " + options.cell()
              + ", whose activations are fixed; expected it with a plain recurrent layer only");
    }
    Recurrent layer = Recurrent.of(options, 0);
    try {
      for (Parameter parameter : layer.parameters().all()) {
        parameter.set(model.tensor(parameter.name()));
      }
      return layer;
    } catch (IOException | RuntimeException e) {
      layer.close();
      throw e;
    }
  }

  /** A size past int is valid in a file where another one is 0; no layer has it. */
  private static List<Integer> shape(Request request, String name, TensorInfo info) {
    for (Number size : info.shape()) {
      if (size.longValue() > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            request.model() + ": tensor '" + name + "' has shape " + info.shape() + "; expected sizes of at most "
                + Integer.MAX_VALUE);
      }
    }
    return info.shape().stream().map(Number::intValue).toList();
  }

  /** The cell: as told, else as the shapes say; the activation of a plain one from the option or the metadata. */
  private static @Nullable CellKind cell(
      Map<String, List<Integer>> shapes, Map<String, String> metadata, Request request) {
    Cell told = request.cell();
    int gates = RecurrentNames.gates(shapes, "");
    if (told != null && gates != gates(told)) {
      throw new IllegalArgumentException(
          "--cell is " + told + ", which has " + gates(told) + " gate blocks, and " + request.model()
              + " has weight_hh_l0 " + shapes.get("weight_hh_l0") + ", which holds "
              + (gates == 0 ? "no whole number" : gates) + " of them; expected 4 for lstm, 3 for gru, 1 for rnn");
    }
    if (told == Cell.LSTM || told == Cell.GRU) {
      return told == Cell.LSTM ? CellKind.LSTM : CellKind.GRU;
    }
    if (gates != 1) {
      return null;
    }
    String activation =
        request.nonlinearity() != null
            ? request.nonlinearity().toString()
            : metadata.getOrDefault("nonlinearity", "");
    if (activation.equals("tanh") || activation.equals("relu")) {
      return activation.equals("tanh") ? CellKind.RNN_TANH : CellKind.RNN_RELU;
    }
    throw new IllegalArgumentException(
        request.model() + " holds a plain recurrent layer, and no tensor tells its activation;"
            + " expected --nonlinearity tanh or --nonlinearity relu");
  }

  private static int gates(Cell cell) {
    return switch (cell) {
      case LSTM -> 4;
      case GRU -> 3;
      case RNN -> 1;
    };
  }

  private static void run(
      Recurrent layer, Tensor x, SafetensorsFile file, boolean gradients, SafetensorsWriter output)
      throws IOException {
    RecurrentInput input =
        RecurrentInput.of(x)
            .withState(optional(file, "in.h0"), optional(file, "in.c0"))
            .withLengths(lengths(file));
    try (RecurrentTape tape = layer.run(input, gradients ? Mode.TRAINING : Mode.INFERENCE)) {
      write(tape.output(), output);
      if (gradients) {
        Tensor dY = optional(file, "seed.y");
        RecurrentGradients result =
            tape.backward(
                dY == null ? Tensor.zeros(tape.output().y().shape()) : dY, optional(file, "seed.hn"),
                optional(file, "seed.cn"));
        write(result, output);
        layer.parameters().all().forEach(p -> output.tensor("grad." + p.name(), p.gradientTensor()));
      }
    }
  }

  private static void write(RecurrentOutput result, SafetensorsWriter output) {
    output.tensor("out.y", result.y()).tensor("out.hn", result.hn());
    if (result.cn() != null) {
      output.tensor("out.cn", result.cn());
    }
  }

  private static void write(RecurrentGradients result, SafetensorsWriter output) {
    output.tensor("grad.h0", result.h0());
    if (result.x() != null) {
      output.tensor("grad.x", result.x());
    }
    if (result.c0() != null) {
      output.tensor("grad.c0", result.c0());
    }
  }

  private static @Nullable Tensor optional(SafetensorsFile file, String name) throws IOException {
    return file.contains(name) ? file.tensor(name) : null;
  }

  private static int @Nullable [] lengths(SafetensorsFile file) throws IOException {
    if (!file.contains("in.lengths")) {
      return null;
    }
    long[] values = file.indices("in.lengths");
    int[] lengths = new int[values.length];
    for (int b = 0; b < values.length; b++) {
      // what is past int is past any number of steps: the layer's own check names it
      lengths[b] = Math.clamp(values[b], Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
    return lengths;
  }
}
