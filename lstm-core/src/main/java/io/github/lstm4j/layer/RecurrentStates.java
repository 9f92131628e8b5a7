package io.github.lstm4j.layer;

import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The states of a pass before its first and after its last step, in PyTorch's shapes: h [D·layers, batch, R], c
 * [D·layers, batch, H], index = layer·D + direction, sequences in the user's order.
 */
public final class RecurrentStates {
  private final RecurrentOptions options;
  private final StepPlan plan;
  private final Matrix[] states;
  private final @Nullable Matrix[] gradients;
  private final DirectionPass<?, ?>[][] passes;
  private final Start start;
  private @Nullable Tensor hiddenSeed;
  private @Nullable Tensor cellSeed;
  private @Nullable CarriedRows carried;

  // Views of the rows of the initial states, made once, so that starting and going backward allocate nothing.
  private final Matrix[] initialHidden; // per layer: [B, D·R]
  private final @Nullable Matrix[] initialHiddenGradients; // likewise
  private final Matrix[] initialCells; // per layer and direction: [B, H]; none for cells without

  RecurrentStates(
      RecurrentOptions options, StepPlan plan, Matrix[] states, @Nullable Matrix[] gradients,
      DirectionPass<?, ?>[][] passes, Start start) {
    this.options = options;
    this.plan = plan;
    this.states = states;
    this.gradients = gradients;
    this.passes = passes;
    this.start = start;
    int batch = plan.batch();
    initialHidden = new Matrix[options.layers()];
    initialHiddenGradients = new Matrix[options.layers()];
    List<Matrix> cells = new ArrayList<>();
    for (int layer = 0; layer < options.layers(); layer++) {
      Matrix gradient = gradients[layer];
      initialHidden[layer] = states[layer].rows(0, batch);
      initialHiddenGradients[layer] = gradient == null ? null : gradient.rows(0, batch);
      for (int direction = 0; direction < options.directions(); direction++) {
        Matrix all = passes[layer][direction].cellStates();
        if (all != null) {
          cells.add(all.rows(0, batch));
        }
      }
    }
    initialCells = cells.toArray(new Matrix[0]);
  }

  private int[] shape(int size) {
    return new int[] {options.layers() * options.directions(), plan.batch(), size};
  }

  /** A visit of each (layer, direction, sequence): where it lies in tensors and in rows. */
  private interface Visitor {
    void visit(int layer, int direction, int position, int tensorRow);
  }

  private void each(Visitor visitor) {
    for (int layer = 0; layer < options.layers(); layer++) {
      eachOf(layer, visitor);
    }
  }

  private void eachOf(int layer, Visitor visitor) {
    for (int direction = 0; direction < options.directions(); direction++) {
      for (int p = 0; p < plan.batch(); p++) {
        int tensorRow = (layer * options.directions() + direction) * plan.batch() + plan.sequence(p);
        visitor.visit(layer, direction, p, tensorRow);
      }
    }
  }

  private static Matrix hidden(Matrix matrix, int row, int direction, int size) {
    return matrix.rows(row, 1).columns(direction * size, size);
  }

  /**
   * The cell states of a direction: the initial ones, then those of the tape, or the batch's last ones while serving.
   */
  private @Nullable Matrix cells(int layer, int direction) {
    return passes[layer][direction].cellStates();
  }

  private void refuseCell(String name, @Nullable Tensor c) {
    if (c != null && !options.cell().hasCellState()) {
      throw new IllegalArgumentException(
          name + " was given, shape " + c.shapeText() + "; a " + options.cell() + " has no cell state");
    }
  }

  /**
   * Sets the states before the first step. Where no hidden ones are given, the first step's products with them are left
   * out: the bits are the same, but for the NaN that an infinite weight makes of zeros.
   *
   * @param h [D·layers, batch, R], or null for zeros
   * @param c [D·layers, batch, H], or null for zeros
   * @throws IllegalArgumentException if a shape differs
   */
  public void setInitial(@Nullable Tensor h, @Nullable Tensor c) {
    int size = options.stateSize();
    if (h != null) {
      h.require("h0", shape(size));
    }
    refuseCell("c0", c);
    if (c != null) {
      c.require("c0", shape(options.hiddenSize()));
    }
    start.from(h == null ? Start.Origin.NONE : Start.Origin.GIVEN);
    if (h == null) {
      fill(initialHidden);
    } else {
      each((layer, direction, p, row) -> put(hidden(states[layer], p, direction, size), h, row));
    }
    if (c == null) {
      fill(initialCells);
    } else {
      each((layer, direction, p, row) -> put(Objects.requireNonNull(cells(layer, direction)).rows(p, 1), c, row));
    }
  }

  private static void fill(@Nullable Matrix[] matrices) {
    for (Matrix matrix : matrices) {
      Objects.requireNonNull(matrix).fill(0f);
    }
  }

  private static void put(Matrix target, Tensor source, int row) {
    target.copyFrom(source.data(), row * target.columns());
  }

  /** Makes the final states the initial ones of the next forward pass: the state is carried, without a gradient. */
  public void carry() {
    CarriedRows rows = carried;
    if (rows == null) {
      rows = carriedRows();
      carried = rows;
    }
    start.from(Start.Origin.CARRIED);
    rows.copy();
  }

  private CarriedRows carriedRows() {
    CarriedRows rows = new CarriedRows(plan);
    int size = options.stateSize();
    for (int layer = 0; layer < options.layers(); layer++) {
      for (int direction = 0; direction < options.directions(); direction++) {
        rows.add(states[layer].columns(direction * size, size), cells(layer, direction), direction == 1);
      }
    }
    return rows;
  }

  /**
   * The hidden state after each sequence's own last step.
   *
   * @return [D·layers, batch, R]
   */
  public Tensor finalHidden() {
    int size = options.stateSize();
    Tensor tensor = Tensor.zeros(shape(size));
    each((layer, direction, p, row) ->
        hidden(states[layer], plan.finalState(p, direction == 1), direction, size).copyTo(tensor.data(), row * size));
    return tensor;
  }

  /**
   * The cell state after each sequence's own last step.
   *
   * @return [D·layers, batch, H]; null for cells that have none
   */
  public @Nullable Tensor finalCell() {
    if (!options.cell().hasCellState()) {
      return null;
    }
    int size = options.hiddenSize();
    Tensor tensor = Tensor.zeros(shape(size));
    each((layer, direction, p, row) -> {
      Matrix cells = Objects.requireNonNull(cells(layer, direction));
      cells.rows(CarriedRows.finalCell(plan, cells, p, direction == 1), 1).copyTo(tensor.data(), row * size);
    });
    return tensor;
  }

  /**
   * Sets the gradients of the final states for the next backward pass; it uses them once.
   *
   * @param dHn [D·layers, batch, R], or null for zeros
   * @param dCn [D·layers, batch, H], or null for zeros
   * @throws IllegalArgumentException if a shape differs
   */
  public void setFinalGradients(@Nullable Tensor dHn, @Nullable Tensor dCn) {
    refuseCell("gradient of c_n", dCn);
    hiddenSeed = dHn == null ? null : dHn.require("gradient of h_n", shape(options.stateSize()));
    cellSeed = dCn == null ? null : dCn.require("gradient of c_n", shape(options.hiddenSize()));
  }

  /** Clears what the backward pass accumulates into. */
  void beforeBackward(boolean wantsGradients) {
    start.backward(wantsGradients);
    fill(initialHiddenGradients);
    for (DirectionPass<?, ?>[] layer : passes) {
      for (DirectionPass<?, ?> pass : layer) {
        Matrix dC = pass.cellGradient();
        if (dC != null) {
          dC.fill(0f);
        }
      }
    }
    Tensor seed = cellSeed;
    if (seed != null) {
      each((layer, direction, p, row) ->
          put(Objects.requireNonNull(passes[layer][direction].cellGradient()).rows(p, 1), seed, row));
    }
    cellSeed = null;
  }

  /** Forgets the gradients of the final states: they count once. */
  void afterBackward() {
    hiddenSeed = null;
    cellSeed = null;
  }

  /** Adds the gradients of a layer's final hidden states to those of its outputs. */
  void seed(int layer) {
    Tensor seed = hiddenSeed;
    if (seed != null) {
      int size = options.stateSize();
      eachOf(layer, (l, direction, p, row) -> {
        Matrix target =
            hidden(Objects.requireNonNull(gradients[l]), plan.finalState(p, direction == 1), direction, size);
        for (int u = 0; u < size; u++) {
          target.set(0, u, target.get(0, u) + seed.data()[row * size + u]);
        }
      });
    }
  }

  /**
   * The gradient of the initial hidden state, after a backward pass.
   *
   * @return [D·layers, batch, R]
   * @throws IllegalStateException if the backward pass left it out, since no initial hidden state was given, or it was
   *     carried; or if it stopped above frozen layers
   */
  public Tensor initialHiddenGradient() {
    requireLowestLayer("hidden");
    if (start.gradientLeftOut()) {
      throw new IllegalStateException(
          "the backward pass left out the gradient of the initial hidden state, since none was given or it was carried;"
              + " expected one set by setInitial, of zeros if need be");
    }
    int size = options.stateSize();
    Tensor tensor = Tensor.zeros(shape(size));
    each((layer, direction, p, row) ->
        hidden(Objects.requireNonNull(gradients[layer]), p, direction, size).copyTo(tensor.data(), row * size));
    return tensor;
  }

  /**
   * The gradient of the initial cell state, after a backward pass.
   *
   * @return [D·layers, batch, H]; null for cells that have none
   * @throws IllegalStateException if the backward pass stopped above frozen layers
   */
  public @Nullable Tensor initialCellGradient() {
    if (!options.cell().hasCellState()) {
      return null;
    }
    requireLowestLayer("cell");
    int size = options.hiddenSize();
    Tensor tensor = Tensor.zeros(shape(size));
    each((layer, direction, p, row) ->
        Objects.requireNonNull(passes[layer][direction].cellGradient()).rows(p, 1).copyTo(tensor.data(), row * size));
    return tensor;
  }

  private void requireLowestLayer(String state) {
    if (start.stoppedAbove()) {
      throw new IllegalStateException(
          "the backward pass stopped above frozen layers, so the gradient of the initial " + state
              + " state of all layers is not there; expected a pass that goes on to the input");
    }
  }
}
