package io.tokenform.sandbox.fault;

import io.tokenform.sandbox.api.Answer;
import io.tokenform.sandbox.api.ApiReply;
import io.tokenform.sandbox.api.Call;
import java.time.Duration;

/** What goes wrong with one request. */
public sealed interface Fault {
  /** What a log calls it: short, in printable ASCII. */
  String name();

  Answer answer(Call call);

  /** How long ago the state is that it asks for. */
  default Duration memory() {
    return Duration.ZERO;
  }

  /**
   * An error in place of the answer, without carrying the request out unless it {@code acts}.
   *
   * @param status 400 to 599
   */
  record ErrorStatus(int status, boolean acts, RetryAfter retryAfter) implements Fault {
    @Override
    public String name() {
      return status + (acts ? " after acting" : "");
    }

    @Override
    public Answer answer(Call call) {
      boolean acted = acts && call.carryOut().isSuccess();
      return new Answer.Whole(
          ApiReply.error(
              status,
              retryAfter.headers(call.clock()),
              "a fault that the sandbox was told to have"),
          acted);
    }
  }

  /** The connection is reset: no answer. */
  record Reset(boolean acts) implements Fault {
    @Override
    public String name() {
      return acts ? "reset after acting" : "reset before acting";
    }

    @Override
    public Answer answer(Call call) {
      return new Answer.Reset(acts && call.carryOut().isSuccess());
    }
  }

  /**
   * The connection is closed in the middle of the answer; one without a body is not sent at all.
   */
  record Half() implements Fault {
    @Override
    public String name() {
      return "half";
    }

    @Override
    public Answer answer(Call call) {
      ApiReply reply = call.carryOut();
      return reply.body().length == 0
          ? new Answer.Reset(reply.isSuccess())
          : new Answer.Half(reply, reply.isSuccess());
    }
  }

  /** A page stands in the answer's place, as a proxy may put it there. */
  record Page(String contentType) implements Fault {
    private static final String HTML =
        """
        <!DOCTYPE html>
        <html>
        <head><title>Sign in</title></head>
        <body><h1>Sign in</h1><p>Your session has ended.</p></body>
        </html>
        """;

    @Override
    public String name() {
      return contentType;
    }

    @Override
    public Answer answer(Call call) {
      ApiReply reply = call.carryOut();
      return new Answer.Whole(reply.withBody(contentType, HTML), reply.isSuccess());
    }
  }

  /** A GET is answered from the state as it was a while ago. */
  record Stale(Duration ago) implements Fault {
    @Override
    public String name() {
      return "stale";
    }

    @Override
    public Duration memory() {
      return ago;
    }

    @Override
    public Answer answer(Call call) {
      return Answer.Whole.of(call.api().onCopy(ago).answer(call.request()));
    }
  }

  /** A POST, a PATCH or a PUT is carried out, and its answer shows something else. */
  record Wrong(WrongField field) implements Fault {
    @Override
    public String name() {
      return "wrong";
    }

    @Override
    public Answer answer(Call call) {
      return Answer.Whole.of(call.api().showing(field).answer(call.request()));
    }
  }

  /** Nothing is done, and the answer is that of success. */
  record Ignored() implements Fault {
    @Override
    public String name() {
      return "ignored";
    }

    @Override
    public Answer answer(Call call) {
      ApiReply reply = call.api().onCopy(Duration.ZERO).answer(call.request());
      boolean showsState = reply.isSuccess() && call.request().method().equals("PATCH");
      return new Answer.Whole(showsState ? call.api().unchanged(call.request()) : reply, false);
    }
  }

  /** The sandbox is being closed while the request waits. */
  record Closing() implements Fault {
    @Override
    public String name() {
      return "closing";
    }

    @Override
    public Answer answer(Call call) {
      return new Answer.Reset(false);
    }
  }
}
