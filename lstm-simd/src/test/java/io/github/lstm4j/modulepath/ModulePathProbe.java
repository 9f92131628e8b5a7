package io.github.lstm4j.modulepath;

import io.github.lstm4j.kernels.KernelSelection;

/** A program that says which kernels serve it. Its package is in no module, so the class path gives it. */
public final class ModulePathProbe {
  private ModulePathProbe() {}

  /**
   * Prints the module of the library, if it is one, and the kernels.
   *
   * @param args none
   */
  public static void main(String[] args) {
    KernelSelection selection = KernelSelection.get();
    System.out.println(KernelSelection.class.getModule() + ", kernels " + selection.kernels().name());
    selection.verdicts().forEach(System.out::println);
  }
}
