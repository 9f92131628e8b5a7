package io.github.lstm4j.cli;

import io.github.lstm4j.memory.MemoryLimitException;
import io.github.lstm4j.train.TrainingException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The single place where exceptions become a line on standard error and an exit code. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
  static final String STACKTRACE = "--stacktrace";

  private final PrintWriter err;
  private final boolean stacktrace;

  /**
   * A handler.
   *
   * @param err where messages go
   * @param args the arguments, read here for {@code --stacktrace}: parsing may fail before it comes to that option
   */
  Failures(PrintWriter err, String[] args) {
    this.err = err;
    this.stacktrace = List.of(args).contains(STACKTRACE);
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    String help = e.getCommandLine().getCommandSpec().qualifiedName(" ") + " --help";
    report(parsing(e) + "; see '" + help + "'", e);
    return ExitCode.USAGE;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult result) {
    return switch (e) {
      case IllegalArgumentException refused -> badInput(message(refused), e);
      case IOException io -> badInput(reason(io), e);
      case UncheckedIOException io -> badInput(reason(io.getCause()), e);
      case IllegalStateException refused -> failed(refused);
      case MemoryLimitException refused -> failed(refused);
      case TrainingException stopped -> failed(stopped);
      case UnsupportedOperationException refused -> failed(refused);
      default -> {
        report("a bug, please report it with the lines that --stacktrace adds: " + e, e);
        yield ExitCode.SOFTWARE;
      }
    };
  }

  /** The handlers above get no errors; this one is about what was asked for, and not a bug. */
  int outOfMemory(OutOfMemoryError e) {
    report("out of memory (" + e.getMessage() + "); expected a larger heap (java's -Xmx), or smaller sizes", e);
    return ExitCode.SOFTWARE;
  }

  private int badInput(String message, Exception e) {
    report(message, e);
    return ExitCode.USAGE;
  }

  private int failed(Exception e) {
    report(message(e), e);
    return ExitCode.SOFTWARE;
  }

  private void report(String message, Throwable e) {
    err.println("lstm: " + message.strip().replaceAll("\\s*\\R\\s*", " "));
    for (Throwable at = stacktrace ? e : null; at != null; at = at.getCause()) {
      err.println(at);
      for (StackTraceElement element : at.getStackTrace()) {
        err.println("    at " + element);
      }
    }
    err.flush();
  }

  private static String parsing(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      String argument = unmatched.getUnmatched().getFirst();
      String what = unmatched.isUnknownOption() ? "unknown option '" : "unexpected argument '";
      String nearest = NearestName.of(argument, e.getCommandLine().getCommandSpec());
      return what + argument + "'" + (nearest.isEmpty() ? "" : ", did you mean '" + nearest + "'?");
    }
    return message(e);
  }

  private static String message(Exception e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  /** The messages of the JDK's file exceptions are bare paths. */
  private static String reason(@Nullable IOException e) {
    return switch (e) {
      case null -> "reading or writing failed";
      case NoSuchFileException missing -> missing.getFile() + ": no such file or folder";
      case AccessDeniedException denied -> denied.getFile() + ": no permission";
      case FileSystemException other when other.getReason() == null ->
          other.getFile() + ": " + other.getClass().getSimpleName();
      default -> message(e);
    };
  }
}
