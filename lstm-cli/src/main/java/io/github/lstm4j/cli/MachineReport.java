package io.github.lstm4j.cli;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.OperatingSystemMXBean;
import io.github.lstm4j.kernels.KernelSelection;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Optional;

/** What {@code lstm info} says about this JVM, this machine and the kernels chosen for them. */
final class MachineReport {
  private static final double GIB = 1 << 30;

  private MachineReport() {}

  /** Prints the report; {@code cpu} is what is known of the processor. */
  static void print(PrintWriter out, Processor cpu) {
    KernelSelection selection = KernelSelection.get(); // may refuse: before the first line
    line(out, "JVM", System.getProperty("java.vm.name") + " " + Runtime.version());
    line(out, "vendor", System.getProperty("java.vendor"));
    line(out, "system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    line(out, "processor", cpu.model());
    line(out, "features", cpu.features().isEmpty() ? "not known on this system" : String.join(" ", cpu.features()));
    line(out, "vectors", vectors(cpu));
    line(out, "threads", Runtime.getRuntime().availableProcessors() + " processors for this JVM");
    line(out, "memory", memory());
    line(out, "off-heap", "limited by neither -Xmx nor -XX:MaxDirectMemorySize, only by each model's own budget");
    out.println();
    line(out, "kernels", selection.kernels().description());
    selection.verdicts().forEach(verdict -> line(out, "", verdict));
  }

  private static String vectors(Processor cpu) {
    String width =
        option("MaxVectorSize").map(bytes -> 8 * Integer.parseInt(bytes)
            + " bits used by the JVM").orElse("JVM: not known");
    String hardware = cpu.vectorBits() == 0 ? "" : ", " + cpu.vectorBits() + " bits in the processor";
    String fma = option("UseFMA").map(on -> Boolean.parseBoolean(on) ? ", fma" : ", no fma").orElse("");
    boolean module = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    return width + hardware + fma
        + (module ? "" : "; the Vector API is off, expected java @jdk-flags.txt or --add-modules jdk.incubator.vector");
  }

  private static String memory() {
    String heap = String.format(Locale.ROOT, "heap up to %.1f GiB", Runtime.getRuntime().maxMemory() / GIB);
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? heap + String.format(
            Locale.ROOT, ", %.1f of %.1f GiB of this machine or container free",
            system.getFreeMemorySize() / GIB, system.getTotalMemorySize() / GIB)
        : heap;
  }

  /** A flag of HotSpot; empty on other JVMs. */
  private static Optional<String> option(String name) {
    HotSpotDiagnosticMXBean hotspot = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    if (hotspot == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(hotspot.getVMOption(name).getValue());
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // a flag that this build of HotSpot lacks
    }
  }

  private static void line(PrintWriter out, String name, String value) {
    out.printf("%-10s %s%n", name, value);
  }
}
