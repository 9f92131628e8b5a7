package io.github.lstm4j.io;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/** Recognises PyTorch's pickles, which run code when they are read and so are never read here. */
final class Pickles {
  private static final Pattern EXTENSION = Pattern.compile("\\.(pt|pth|pkl|pickle)$", Pattern.CASE_INSENSITIVE);

  /** What can stand in the printed command without a shell or Python giving it a meaning. */
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_./@+,=:][\\p{L}\\p{N}_./@+,=: -]*");

  private Pickles() {}

  /**
   * Whether a file that is not safetensors is a pickle.
   *
   * <p>To be asked only then: a safetensors header of 640 bytes starts with the same two bytes as a pickle.
   */
  static boolean isPickle(Path file, MemorySegment content) {
    return EXTENSION.matcher(file.toString()).find() || isZip(content) || isBarePickle(content);
  }

  private static boolean isZip(MemorySegment content) {
    return content.byteSize() >= 4 && at(content, 0) == 'P' && at(content, 1) == 'K' && at(content, 2) == 3
        && at(content, 3) == 4;
  }

  /** The PROTO opcode, then a protocol: 2 to 5 exist. */
  private static boolean isBarePickle(MemorySegment content) {
    return content.byteSize() >= 2 && at(content, 0) == 0x80 && at(content, 1) >= 2 && at(content, 1) <= 5;
  }

  private static int at(MemorySegment content, long offset) {
    return content.get(ValueLayout.JAVA_BYTE, offset) & 0xff;
  }

  /** The message for a pickle, with the line of Python that converts it. */
  static SafetensorsException refuse(Path file) {
    String source = file.toString().replace('\\', '/');
    if (!PLAIN.matcher(source).matches()) {
      source = "model.pt";
    }
    String target = EXTENSION.matcher(source).replaceFirst("") + ".safetensors";
    return new SafetensorsException(
        file,
        String.format(
            Locale.ROOT,
            "this is a PyTorch pickle, which can run code and is never read; expected safetensors. Convert it once: "
                + "python -c \"import torch, safetensors.torch as s; "
                + "s.save_file(torch.load('%s', weights_only=True), '%s')\"",
            source,
            target));
  }
}
