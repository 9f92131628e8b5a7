package io.github.lstm4j.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.InvokeInstruction;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The sizes that docs/adr/0004 asks of a kernel, read from the compiled classes. A method with many accesses to
 * segments that C2 may inline is compiled together with what calls it, and past some size boxes its vectors: rarely, so
 * the allocation tests may miss it.
 */
class KernelSizeTest {
  /** C2's FreqInlineSize: it inlines no hot method of more bytecodes. */
  private static final int INLINED = 325;

  /** So many accesses to segments make a method a kernel, or so many multiply-adds: an activation, a tile. */
  private static final int MANY = 8;

  private static final Set<String> ACCESS = Set.of("fromMemorySegment", "intoMemorySegment");
  private static final Set<String> MULTIPLY_ADD = Set.of("fma");

  private static List<Path> classes() throws IOException, URISyntaxException {
    Path root = Path.of(SimdKernels.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.walk(root.resolve("io/github/lstm4j/simd"))) {
      return files.filter(file -> file.toString().endsWith(".class")).toList();
    }
  }

  private static boolean calls(CodeModel code, Set<String> names) {
    return code.elementStream()
        .filter(e -> e instanceof InvokeInstruction call
            && call.owner().asInternalName().startsWith("jdk/incubator/vector/")
            && names.contains(call.name().stringValue()))
        .count() >= MANY;
  }

  @Test
  void kernelsAreTooLargeToBeInlined() throws IOException, URISyntaxException {
    List<String> small = new ArrayList<>();
    int kernels = 0;
    for (Path file : classes()) {
      ClassModel model = ClassFile.of().parse(file);
      for (MethodModel method : model.methods()) {
        CodeModel code = method.code().orElse(null);
        if (code == null || !(calls(code, ACCESS) || calls(code, MULTIPLY_ADD))) {
          continue;
        }
        kernels++;
        int bytes = ((CodeAttribute) code).codeLength();
        if (bytes <= INLINED) {
          small.add(model.thisClass().name().stringValue() + "::" + method.methodName() + " has " + bytes);
        }
      }
    }
    assertTrue(kernels > 20, "kernels found: " + kernels);
    assertEquals(List.of(), small, "expected more than " + INLINED + " bytecodes each");
  }
}
