package io.github.lstm4j.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.kernels.scalar.ScalarKernels;
import io.github.lstm4j.kernels.scalar.ScalarProvider;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.Attributes;
import java.lang.classfile.attribute.ModuleAttribute;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who serves among providers, what is said of the others, and that the real one is found. */
class KernelSelectionTest {
  private static final KernelsProvider SLOW = fake("slow", 0, null);
  private static final KernelsProvider FAST = fake("fast", 10, null);
  private static final KernelsProvider FASTEST = fake("fastest", 20, "it needs another machine; buy one");

  @Test
  void theMostPreferredUsableOneServes() {
    for (List<KernelsProvider> order : List.of(List.of(SLOW, FAST, FASTEST), List.of(FASTEST, FAST, SLOW))) {
      KernelSelection selection = KernelSelection.select(order, null);
      assertEquals("fast kernels", selection.kernels().name());
      assertEquals(
          List.of(
              "fastest: rejected, it needs another machine; buy one",
              "fast: chosen, fast in words",
              "slow: usable, passed over for fast kernels"),
          selection.verdicts());
    }
  }

  @Test
  void equalPreferencesAreOrderedByName() {
    KernelsProvider other = fake("another", 10, null);
    assertEquals("another kernels", KernelSelection.select(List.of(FAST, other), null).kernels().name());
  }

  @Test
  void theForcedOneServes() {
    KernelSelection selection = KernelSelection.select(List.of(SLOW, FAST, FASTEST), "slow");
    assertEquals("slow kernels", selection.kernels().name());
    assertEquals(
        List.of(
            "fastest: passed over, -Dlstm4j.kernels=slow",
            "fast: passed over, -Dlstm4j.kernels=slow",
            "slow: chosen, slow in words"),
        selection.verdicts());
  }

  @Test
  void aForcedRefusalIsAnError() {
    assertRefused(
        "-Dlstm4j.kernels=fastest can't be had; providers found: fastest: rejected, it needs another machine; buy one; "
            + "slow: passed over, -Dlstm4j.kernels=fastest",
        List.of(SLOW, FASTEST),
        "fastest");
  }

  @Test
  void anUnknownNameIsAnError() {
    assertRefused(
        "-Dlstm4j.kernels=Slow can't be had; providers found: slow: passed over, -Dlstm4j.kernels=Slow",
        List.of(SLOW),
        "Slow");
  }

  @Test
  void nothingUsable() {
    assertRefused("no usable kernels; providers found: none", List.of(), null);
    assertRefused("-Dlstm4j.kernels=slow can't be had; providers found: none", List.of(), "slow");
    assertRefused(
        "no usable kernels; providers found: fastest: rejected, it needs another machine; buy one",
        List.of(FASTEST),
        null);
  }

  private static void assertRefused(String message, List<KernelsProvider> providers, @Nullable String forced) {
    IllegalStateException thrown =
        assertThrows(IllegalStateException.class, () -> KernelSelection.select(providers, forced));
    assertEquals(message, thrown.getMessage());
  }

  @Test
  void verdictsAreCopied() {
    List<String> verdicts = new ArrayList<>(List.of("a: chosen"));
    KernelSelection selection = new KernelSelection(new ScalarKernels(), verdicts);
    verdicts.clear();
    assertEquals(List.of("a: chosen"), selection.verdicts());
  }

  @Test
  void thisJvmHasOneSelection() {
    assertSame(KernelSelection.get(), KernelSelection.get());
    assertSame(KernelSelection.get().kernels(), KernelSelection.best());
    assertEquals("scalar", KernelSelection.best().name());
  }

  @Test
  void theScalarProviderIsFound() {
    List<KernelsProvider> found = ServiceLoader.load(KernelsProvider.class).stream().map(p -> p.get()).toList();
    assertEquals(List.of(ScalarProvider.class), found.stream().map(Object::getClass).toList());
    KernelsProvider provider = found.getFirst();
    assertEquals("scalar", provider.name());
    assertEquals(0, provider.preference());
    assertEquals(Optional.empty(), provider.unsupportedReason());
    assertInstanceOf(ScalarKernels.class, provider.create());
  }

  /** On the class path the services file counts, on the module path the descriptor: they must name the same. */
  @Test
  void servicesFileAndModuleAgree() throws IOException {
    Path classes = Path.of(ScalarProvider.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    List<String> listed = Files.readAllLines(classes.resolve("META-INF/services/" + KernelsProvider.class.getName()));
    ModuleAttribute module =
        ClassFile.of().parse(classes.resolve("module-info.class")).findAttribute(Attributes.module()).orElseThrow();
    List<String> provided =
        module.provides().stream()
            .filter(p -> p.provides().asInternalName().equals(KernelsProvider.class.getName().replace('.', '/')))
            .flatMap(p -> p.providesWith().stream())
            .map(provider -> provider.asInternalName().replace('/', '.'))
            .toList();
    assertEquals(listed, provided);
    boolean used = module.uses().stream().anyMatch(u -> u.asInternalName().endsWith("/KernelsProvider"));
    assertTrue(used, "the module uses what it loads");
  }

  private static KernelsProvider fake(String name, int preference, @Nullable String reason) {
    return new KernelsProvider() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public int preference() {
        return preference;
      }

      @Override
      public Optional<String> unsupportedReason() {
        return Optional.ofNullable(reason);
      }

      @Override
      public Kernels create() {
        if (reason != null) {
          throw new IllegalStateException("made although it refused: " + reason);
        }
        return kernels(name);
      }
    };
  }

  /** Kernels that only say what they are. */
  private static Kernels kernels(String name) {
    return (Kernels)
        Proxy.newProxyInstance(
            Kernels.class.getClassLoader(),
            new Class<?>[] {Kernels.class},
            (proxy, method, arguments) -> switch (method.getName()) {
              case "name" -> name + " kernels";
              case "description" -> name + " in words";
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }
}
