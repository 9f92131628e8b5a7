package io.github.lstm4j.bench.contest;

import io.github.lstm4j.bench.Shape;
import io.github.lstm4j.bench.peer.Product;
import io.github.lstm4j.bench.peer.TaskMode;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code ./lstm bench} was asked. */
final class ContestOptions {
  static final String HELP =
      """
      Usage: ./lstm bench [OPTION...]
      Measures lstm4j and other libraries in turns, each in a process of its own, and says how many times as fast it is.

        --shapes LIST    such as B64-T50-I512-H512-L1,B1-T1-I64-H64-L1 (the eleven shapes of docs/performance.md)
        --products LIST  for gemm, such as M64-N2048-K512 (squares of 256 to 2048 and the products of an LSTM)
        --threads LIST   (1,2)
        --modes LIST     of infer, train, stream, gemm (infer,train); at T1 inference is a stream
        --peers LIST     of onnxruntime, libtorch, onednn, openblas, dl4j, pytorch, or none (all that are there;
                         pytorch with PEERS_PYTHON=a Python that has torch)
        --quick          fewer and shorter turns, and no dl4j
        --out FOLDER     for bench.json, bench.svg, bench.png and bench.md (lstm-bench/target/bench)
        --markdown FILE  writes the tables there too
        --from LIST      measures nothing: joins these bench.json to one, the later ones winning
        --compare LIST   measures nothing: says what got slower from the first of two bench.json to the second, and
                         exits with 1 if something did
        --growth         lstm4j alone, H = I = 32 to 2048 at B = 1, 16, 64, 256, as a share of the measured peak
        --cold-start     from launching java to the end of the first inference of B1 T100 H256
        --help           this text
      """;

  private static final List<String> SHAPES =
      List.of(
          "B1-T1-I64-H64-L1", "B1-T1-I256-H256-L1", "B1-T1-I512-H512-L2", "B1-T100-I64-H64-L1", "B1-T100-I256-H256-L1",
          "B16-T50-I64-H128-L1", "B32-T100-I128-H256-L1", "B64-T100-I128-H256-L2", "B64-T50-I512-H512-L1",
          "B64-T35-I650-H650-L2", "B20-T35-I1500-H1500-L2");

  private static final List<String> PRODUCTS =
      List.of(
          "M256-N256-K256", "M512-N512-K512", "M1024-N1024-K1024", "M2048-N2048-K2048", "M32-N1024-K256",
          "M64-N2048-K512", "M20-N6000-K1500", "M3200-N2048-K512", "M3200-N1024-K128", "M2048-N512-K3200");

  final String command;
  List<String> shapes = SHAPES;
  List<String> products = PRODUCTS;
  List<Integer> threads = List.of(1, 2);
  List<TaskMode> modes = List.of(TaskMode.INFER, TaskMode.TRAIN);
  @Nullable List<String> peers;
  List<Path> from = List.of();
  List<Path> compare = List.of();
  boolean quick;
  boolean growth;
  boolean coldStart;
  boolean help;
  @Nullable Path out;
  @Nullable Path markdown;

  private ContestOptions(String command) {
    this.command = command;
  }

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException if it can't be understood; the message names the option, what it was and what was
   *     expected
   */
  static ContestOptions parse(String... arguments) {
    ContestOptions options = new ContestOptions(String.join(" ", arguments));
    Deque<String> rest = new ArrayDeque<>(List.of(arguments));
    while (!rest.isEmpty()) {
      options.take(rest.pop(), rest);
    }
    return options;
  }

  private void take(String option, Deque<String> rest) {
    switch (option) {
      case "--shapes" -> shapes = list(option, rest).stream().map(text -> Shape.parse(text).toString()).toList();
      case "--products" -> products = list(option, rest).stream().map(text -> Product.parse(text).toString()).toList();
      case "--threads" -> threads = list(option, rest).stream().map(ContestOptions::count).toList();
      case "--modes" -> modes = list(option, rest).stream().map(TaskMode::parse).toList();
      case "--peers" -> peers = list(option, rest);
      case "--from" -> from = list(option, rest).stream().map(Path::of).toList();
      case "--compare" -> {
        compare = list(option, rest).stream().map(Path::of).toList();
        if (compare.size() != 2) {
          throw new IllegalArgumentException(
              "--compare has " + compare.size() + " files; expected two, the older first");
        }
      }
      case "--out" -> out = Path.of(value(option, rest));
      case "--markdown" -> markdown = Path.of(value(option, rest));
      case "--quick" -> quick = true;
      case "--growth" -> growth = true;
      case "--cold-start" -> coldStart = true;
      case "--help", "-h" -> help = true;
      default -> throw new IllegalArgumentException("option \"" + option + "\" is not known; try ./lstm bench --help");
    }
  }

  private static String value(String option, Deque<String> rest) {
    String value = rest.poll();
    if (value == null || value.startsWith("--")) {
      throw new IllegalArgumentException(option + " has no value; try ./lstm bench --help");
    }
    return value;
  }

  private static List<String> list(String option, Deque<String> rest) {
    return Arrays.stream(value(option, rest).split(",")).map(String::strip).filter(word -> !word.isEmpty()).toList();
  }

  private static int count(String text) {
    if (!text.matches("[1-9]\\d{0,3}")) {
      throw new IllegalArgumentException("--threads is \"" + text + "\"; expected 1 to 9999");
    }
    return Integer.parseInt(text);
  }

  /** The pace that was asked for. */
  Pace pace() {
    return quick ? Pace.QUICK : Pace.THOROUGH;
  }
}
