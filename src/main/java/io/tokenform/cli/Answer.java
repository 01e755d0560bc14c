package io.tokenform.cli;

import io.tokenform.report.JsonText;
import java.util.concurrent.Callable;

/** What a command that only tells something prints. */
final class Answer {
  private Answer() {}

  /**
   * Prints the answer that some work gives, once that has come to its end; and gives machines that
   * wait for JSON a document that says why there is none.
   */
  static int print(Console console, boolean asJson, Callable<String> work) throws Exception {
    String answer;
    try {
      answer = work.call();
    } catch (Exception e) {
      if (asJson) {
        Failure failure = Failure.of(e);
        console.print(JsonText.failure(failure.message(), failure.hint()));
      }
      throw e;
    }
    console.print(answer);
    return ExitCode.OK;
  }
}
