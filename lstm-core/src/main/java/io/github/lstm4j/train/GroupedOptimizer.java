package io.github.lstm4j.train;

import io.github.lstm4j.layer.Execution;
import io.github.lstm4j.layer.Parameter;
import java.util.ArrayList;
import java.util.List;

/** One optimizer for each group of parameters, and one for the rest. */
final class GroupedOptimizer implements Optimizer {
  private final List<Group> groups = new ArrayList<>();

  private record Group(Optimizer optimizer, double rateFactor, List<Parameter> parameters) {}

  GroupedOptimizer(TrainerOptions options, List<Parameter> parameters, Execution execution) {
    List<Parameter> rest = new ArrayList<>(parameters);
    for (ParameterGroup group : options.groups) {
      List<Parameter> members = rest.stream().filter(group.members()).toList();
      if (parameters.stream().noneMatch(group.members())) {
        close();
        throw new IllegalArgumentException(
            "parameter group " + groups.size() + " matches no parameter; there are "
                + parameters.stream().map(Parameter::name).toList());
      }
      rest.removeAll(members);
      groups.add(new Group(group.optimizer().create(execution), group.rateFactor(), members));
    }
    groups.add(new Group(options.optimizer.create(execution), 1, List.copyOf(rest)));
  }

  /** Updates the parameters of all groups; the argument is what they were made of. */
  @Override
  public void step(List<Parameter> parameters, double rate, float gradientScale) {
    for (Group group : groups) {
      group.optimizer().step(group.parameters(), rate * group.rateFactor(), gradientScale);
    }
  }

  @Override
  public void close() {
    groups.forEach(group -> group.optimizer().close());
  }
}
