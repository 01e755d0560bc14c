package io.tokenform.cli;

import java.util.concurrent.locks.LockSupport;

/** Whether threads come to wait. */
public final class Waiting {
  private Waiting() {}

  /** Waits until the thread waits for something, or has ended, and answers whether it waits. */
  public static boolean reached(Thread thread) {
    while (true) {
      switch (thread.getState()) {
        case WAITING -> {
          return true;
        }
        case TERMINATED -> {
          return false;
        }
        default -> LockSupport.parkNanos(1_000_000);
      }
    }
  }
}
