package io.tokenform.cli.console;

import io.tokenform.access.ExitCode;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The signals of this process. A shutdown hook would run when it is too late to go on, and hear of
 * no second signal; what the JDK has instead, {@code sun.misc.Signal}, is not for compiling against
 * and is looked up. Where it is missing, a signal ends the process at once, as it does by default.
 */
public final class ProcessInterrupts implements Interrupts {
  private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

  private static final long LONGEST_LAST_WORDS_MILLIS = 2_000;

  @Override
  public Handle during(Runnable first, Runnable second) {
    AtomicBoolean asked = new AtomicBoolean();
    Runnable onSignal =
        () -> {
          if (asked.getAndSet(true)) {
            endAfter(second);
          }
          first.run();
        };
    List<Handle> handles = new ArrayList<>();
    for (String name : SIGNALS) {
      try {
        handles.add(handle(name, onSignal));
      } catch (ReflectiveOperationException e) {
        // This system has no such signal, or this JDK no way to hear of it.
      }
    }
    return () -> handles.forEach(Handle::close);
  }

  /** Ends the process at once, and in a moment even if the last words cannot be said. */
  private static void endAfter(Runnable lastWords) {
    Thread speaker = new Thread(lastWords, "last-words");
    speaker.setDaemon(true);
    speaker.start();
    try {
      speaker.join(LONGEST_LAST_WORDS_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
  }

  private static Handle handle(String name, Runnable onSignal) throws ReflectiveOperationException {
    Class<?> type = Class.forName("sun.misc.Signal");
    Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
    Method handle = type.getMethod("handle", type, handlerType);
    InvocationHandler calls =
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "handle" -> {
                onSignal.run();
                yield null;
              }
              case "equals" -> proxy == arguments[0];
              case "hashCode" -> System.identityHashCode(proxy);
              default -> "tokenform";
            };
    Object handler =
        Proxy.newProxyInstance(
            ProcessInterrupts.class.getClassLoader(), new Class<?>[] {handlerType}, calls);
    Object signal = type.getConstructor(String.class).newInstance(name);
    Object before = handle.invoke(null, signal, handler);
    if (before.equals(handlerType.getField("SIG_IGN").get(null))) {
      // The program that started this one, such as nohup, wants the signal ignored.
      handle.invoke(null, signal, before);
    }
    return () -> {
      try {
        handle.invoke(null, signal, before);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("a handler that was there cannot be put back", e);
      }
    };
  }
}
