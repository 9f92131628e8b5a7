package io.github.lstm4j.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Layout;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The options in a command's help: those of each mixin whose name is a heading, such as
 * {@code @Mixin(name = "Data:")}, below that heading, in the order of their fields; then the others.
 *
 * <p>Argument groups have headings too, but of a group an option that is given twice silently resets all others.
 */
final class OptionSections {
  private static final String HEADING_END = ":";

  private OptionSections() {}

  /** Sets how the help of a command and of all below it lists options. */
  static void install(CommandLine line) {
    Map<String, IHelpSectionRenderer> sections = new HashMap<>(line.getHelpSectionMap());
    sections.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, OptionSections::render);
    line.setHelpSectionMap(sections);
  }

  private static String render(Help help) {
    CommandSpec spec = help.commandSpec();
    List<OptionSpec> rest = new ArrayList<>(spec.options().stream().filter(option -> !option.hidden()).toList());
    Map<String, List<OptionSpec>> sections = new LinkedHashMap<>();
    spec.mixins().forEach((name, mixin) -> {
      if (name.endsWith(HEADING_END)) {
        List<String> names = mixin.options().stream().map(OptionSpec::longestName).toList();
        List<OptionSpec> options = rest.stream().filter(option -> names.contains(option.longestName())).toList();
        sections.put(name, options);
        rest.removeAll(options);
      }
    });
    if (sections.isEmpty()) {
      return help.optionList();
    }
    sections.put("Other:", rest);
    StringBuilder text = new StringBuilder();
    sections.forEach((name, options) -> {
      Layout layout = help.createDefaultLayout(spec.options(), spec.positionalParameters(), help.colorScheme());
      layout.addOptions(options, help.parameterLabelRenderer());
      text.append(String.format("%n%s%n", name)).append(layout);
    });
    return text.toString();
  }
}
