package io.github.lstm4j.testing;

import io.github.lstm4j.kernels.Kernels;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** Kernels of which each call is told to a test before it is made. */
public final class WatchedKernels {
  private WatchedKernels() {}

  /** Takes the calls, on the threads that make them. */
  @FunctionalInterface
  public interface Watcher {
    /** An operation's name and its arguments, none for an operation without any. */
    void called(String operation, Object[] arguments);
  }

  /** The same kernels, watched. */
  public static Kernels of(Kernels kernels, Watcher watcher) {
    return (Kernels)
        Proxy.newProxyInstance(
            Kernels.class.getClassLoader(),
            new Class<?>[] {Kernels.class},
            (proxy, method, arguments) -> {
              watcher.called(method.getName(), arguments == null ? new Object[0] : arguments);
              try {
                return method.invoke(kernels, arguments);
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            });
  }
}
