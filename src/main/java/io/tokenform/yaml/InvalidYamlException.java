package io.tokenform.yaml;

import io.tokenform.finding.Diagnostic;

/**
 * The text is not one YAML document that a policy can be read from; nothing more can be said of it.
 */
public final class InvalidYamlException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Diagnostic diagnostic;

  InvalidYamlException(Diagnostic diagnostic) {
    this(diagnostic, null);
  }

  InvalidYamlException(Diagnostic diagnostic, Throwable cause) {
    super(diagnostic.message(), cause);
    this.diagnostic = diagnostic;
  }

  public Diagnostic diagnostic() {
    return diagnostic;
  }
}
