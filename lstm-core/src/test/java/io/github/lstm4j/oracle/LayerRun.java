package io.github.lstm4j.oracle;

import io.github.lstm4j.oracle.CellStep.StateGradients;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * One layer, all directions, over a batch: forward in the constructor, then backward. Sequences are lists of time
 * steps.
 */
final class LayerRun {
  private final RecurrentConfig config;
  private final int layer;
  private final List<DirectionParameters> parameters = new ArrayList<>();
  private final List<List<DirectionRun>> runs = new ArrayList<>(); // [direction][sequence]

  /**
   * Runs forward.
   *
   * @param values where parameters and initial states come from
   * @param layer index
   * @param x inputs [sequence][time step] of [input], without padding
   */
  LayerRun(OracleCase values, int layer, List<List<Reals>> x) {
    this.config = values.config();
    this.layer = layer;
    for (int direction = 0; direction < config.directions(); direction++) {
      DirectionParameters own = new DirectionParameters(values, layer, direction);
      List<DirectionRun> sequences = new ArrayList<>();
      for (int b = 0; b < config.batch(); b++) {
        int state = stateRow(direction, b);
        Reals h0 = values.reals("in.h0").row(state);
        Reals c0 = config.hasCellState() ? values.reals("in.c0").row(state) : Reals.zeros(0);
        sequences.add(new DirectionRun(config.cell(), own, x.get(b), direction == 1, h0, c0));
      }
      parameters.add(own);
      runs.add(sequences);
    }
  }

  /** The row of (layer, direction, sequence) in a state [layers·D, batch, ·]. */
  private int stateRow(int direction, int sequence) {
    return (layer * config.directions() + direction) * config.batch() + sequence;
  }

  /** The outputs [sequence][time step] of [D·R], without padding. */
  List<List<Reals>> outputs() {
    int size = config.outputSize();
    List<List<Reals>> outputs = new ArrayList<>();
    for (int b = 0; b < config.batch(); b++) {
      List<Reals> sequence = new ArrayList<>();
      for (int t = 0; t < config.length(b); t++) {
        Reals both = Reals.zeros(config.directions() * size);
        for (int direction = 0; direction < config.directions(); direction++) {
          both.set(direction * size, runs.get(direction).get(b).h(t));
        }
        sequence.add(both);
      }
      outputs.add(sequence);
    }
    return outputs;
  }

  /** Copies the last states to their rows of hn and cn. */
  void putStates(Reals hn, Reals cn) {
    for (int direction = 0; direction < config.directions(); direction++) {
      for (int b = 0; b < config.batch(); b++) {
        DirectionRun run = runs.get(direction).get(b);
        hn.set(stateRow(direction, b) * hn.columns(), run.h());
        cn.set(stateRow(direction, b) * cn.columns(), run.c());
      }
    }
  }

  /**
   * Runs backward.
   *
   * @param dy gradients of the outputs [sequence][time step] of [D·R]
   * @param values where the gradients of the last states come from
   * @param dh0 the rows of this layer are written
   * @param dc0 the rows of this layer are written
   * @param gradients where those of the parameters are put
   * @return gradients of the inputs [sequence][time step] of [input]
   */
  List<List<Reals>> backward(
      List<List<Reals>> dy, OracleCase values, Reals dh0, Reals dc0, Map<String, Reals> gradients) {
    int size = config.outputSize();
    List<List<Sums>> dx = new ArrayList<>();
    for (List<Reals> sequence : dy) {
      dx.add(sequence.stream().map(_ -> new Sums(config.layerInputSize(layer))).toList());
    }
    for (int direction = 0; direction < config.directions(); direction++) {
      int from = direction * size;
      for (int b = 0; b < config.batch(); b++) {
        int state = stateRow(direction, b);
        Reals dhn = values.reals("seed.hn").row(state);
        Reals dcn = config.hasCellState() ? values.reals("seed.cn").row(state) : Reals.zeros(0);
        List<Reals> own = dy.get(b).stream().map(row -> row.slice(from, size)).toList();
        StateGradients initial = runs.get(direction).get(b).backward(own, dhn, dcn, dx.get(b));
        dh0.set(state * size, initial.dh().result());
        dc0.set(state * dc0.columns(), initial.dc());
      }
      parameters.get(direction).putGradients(gradients);
    }
    return dx.stream().map(sequence -> sequence.stream().map(Sums::result).toList()).toList();
  }

  /** As {@link DirectionRun#appendSigns}. */
  int appendSigns(BitSet signs, int from) {
    int bit = from;
    for (List<DirectionRun> sequences : runs) {
      for (DirectionRun run : sequences) {
        bit = run.appendSigns(signs, bit);
      }
    }
    return bit;
  }
}
