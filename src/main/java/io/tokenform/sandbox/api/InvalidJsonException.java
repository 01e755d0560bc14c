package io.tokenform.sandbox.api;

import java.util.Optional;

/** A JSON text that is not what it has to be. */
public final class InvalidJsonException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient JsonPlace place;
  private final boolean syntax;

  private InvalidJsonException(
      JsonPlace place, boolean syntax, String problem, Optional<Exception> cause) {
    super(problem, cause.orElse(null));
    this.place = place;
    this.syntax = syntax;
  }

  /** The text is not JSON at all. The problem may quote the text. */
  static InvalidJsonException syntax(JsonPlace place, String problem, Exception cause) {
    return new InvalidJsonException(place, true, problem, Optional.of(cause));
  }

  /** The text is JSON, but not the right one. The problem follows the name of the element. */
  public static InvalidJsonException element(JsonPlace place, String problem) {
    return new InvalidJsonException(place, false, problem, Optional.empty());
  }

  /** What is wrong and where, for the owner of that file. */
  public String inFile(String file) {
    String what =
        syntax
            ? "not valid JSON: " + Printable.of(getMessage())
            : place.element("the document") + " " + getMessage();
    return file + ":" + place.line() + ":" + place.column() + ": " + what;
  }

  /** What is wrong with a request's body, without quoting any of it. */
  String inBody() {
    return syntax
        ? "the body is not valid JSON: line " + place.line() + ", column " + place.column()
        : place.element("the body") + " " + getMessage();
  }
}
