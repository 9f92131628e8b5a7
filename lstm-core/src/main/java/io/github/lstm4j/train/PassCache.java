package io.github.lstm4j.train;

import io.github.lstm4j.data.Batch;
import io.github.lstm4j.layer.Mode;
import io.github.lstm4j.layer.StepPlan;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import io.github.lstm4j.model.ModelPass;
import io.github.lstm4j.model.SequenceModel;
import org.jspecify.annotations.Nullable;

/**
 * The pass of the latest batch shape, with room for its targets: batches of one shape after the other use the same
 * buffers. States are carried from batch to batch where the batch says so, also when the number of steps changes.
 */
final class PassCache implements AutoCloseable {
  private final SequenceModel model;
  private final Mode mode;
  private @Nullable ModelPass pass;
  private @Nullable Memory targetMemory;
  private @Nullable Matrix target;

  PassCache(SequenceModel model, Mode mode) {
    this.model = model;
    this.mode = mode;
  }

  /** The pass for a batch: input and states set, targets packed. */
  ModelPass load(Batch batch) {
    int[] lengths = batch.lengths();
    StepPlan plan =
        lengths == null
            ? StepPlan.of(batch.input().size(0), batch.input().size(1))
            : StepPlan.of(batch.input().size(1), lengths);
    ModelPass current = pass;
    if (current == null || !current.plan().sameAs(plan)) {
      current = replace(plan, batch.continues());
    } else if (batch.continues()) {
      current.carryStates();
    } else {
      current.resetStates();
    }
    current.setInput(batch.input());
    Matrix rows = target(current, batch.target().size(batch.target().rank() - 1));
    current.packTarget(batch.target(), rows);
    return current;
  }

  private ModelPass replace(StepPlan plan, boolean continues) {
    ModelPass old = pass;
    ModelPass made = model.pass(plan, mode);
    if (old != null) {
      if (continues) {
        if (old.plan().batch() != plan.batch()) {
          made.close();
          throw new IllegalArgumentException(
              "a batch of " + plan.batch() + " sequences continues one of " + old.plan().batch()
                  + "; expected as many");
        }
        made.takeStates(old);
      }
      old.close();
    }
    freeTarget();
    pass = made;
    return made;
  }

  private Matrix target(ModelPass current, int columns) {
    Matrix rows = target;
    if (rows == null || rows.columns() != columns) {
      freeTarget();
      targetMemory = Memory.unlimited("targets");
      rows = targetMemory.matrix(current.outputRows().rows(), columns);
      target = rows;
    }
    return rows;
  }

  /** The targets that {@link #load} packed. */
  Matrix target() {
    if (target == null) {
      throw new IllegalStateException("no batch was loaded");
    }
    return target;
  }

  private void freeTarget() {
    if (targetMemory != null) {
      targetMemory.close();
      targetMemory = null;
      target = null;
    }
  }

  @Override
  public void close() {
    if (pass != null) {
      pass.close();
      pass = null;
    }
    freeTarget();
  }
}
