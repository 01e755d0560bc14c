package io.tokenform.export.terraform;

/**
 * A file is not a state of Terraform's that can be read. Neither the message nor a cause repeats
 * anything of the file, which may hold secrets.
 */
public final class UnreadableStateException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String hint;

  UnreadableStateException(String message, String hint) {
    super(message);
    this.hint = hint;
  }

  /** What to do about it. */
  public String hint() {
    return hint;
  }
}
