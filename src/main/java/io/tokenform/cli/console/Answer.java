package io.tokenform.cli.console;

import io.tokenform.access.ExitCode;
import io.tokenform.planfile.PlanJson;
import java.util.concurrent.Callable;

/** What a command that only tells something prints. */
public final class Answer {
  private Answer() {}

  /**
   * Prints the answer that some work gives, once that has come to its end; and gives machines that
   * wait for JSON a document that says why there is none.
   */
  public static int print(Console console, boolean asJson, Callable<String> work) throws Exception {
    String answer;
    try {
      answer = work.call();
    } catch (Exception e) {
      if (asJson) {
        failed(console, e);
      }
      throw e;
    }
    if (asJson) {
      console.printJson(answer);
    } else {
      console.print(answer);
    }
    return ExitCode.OK;
  }

  /** Gives machines a document that says why there is no answer. */
  public static void failed(Console console, Exception e) {
    // Wrong usage is told to machines where all of it is.
    if (!(e instanceof UsageException)) {
      Failure failure = Failure.of(e);
      console.printJson(PlanJson.failure(failure.message(), failure.hint(), failure.findings()));
    }
  }
}
