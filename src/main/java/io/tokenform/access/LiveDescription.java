package io.tokenform.access;

import java.util.Objects;
import java.util.Optional;

/**
 * A live description in its two parts: what people call the token, and the label of tokenform.
 *
 * @param text what stands before the label
 * @param label absent for a token in use
 */
public record LiveDescription(String text, Optional<Label> label) {
  static final String BEGINNING = " (tokenform: ";

  private static final String END = ")";

  public LiveDescription {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(label, "label");
  }

  /** The description of a token in use. */
  public static LiveDescription of(String text) {
    return new LiveDescription(text, Optional.empty());
  }

  public static LiveDescription of(String text, Label label) {
    return new LiveDescription(text, Optional.of(label));
  }

  /** Takes a live description apart. An ending that is no label is a part of the text. */
  public static LiveDescription parse(String description) {
    int start = description.lastIndexOf(BEGINNING);
    if (start < 0 || !description.endsWith(END)) {
      return of(description);
    }
    String inside =
        description.substring(start + BEGINNING.length(), description.length() - END.length());
    return Label.parse(inside)
        .map(label -> of(description.substring(0, start), label))
        .orElseGet(() -> of(description));
  }

  /** Whether it has no label: that of a token in use. */
  public boolean isInUse() {
    return label.isEmpty();
  }

  /** Whether it has a label of this kind. */
  public boolean has(Class<? extends Label> kind) {
    return label.filter(kind::isInstance).isPresent();
  }

  /** The description as it is on the cluster. */
  @Override
  public String toString() {
    return label.map(known -> text + BEGINNING + known.text() + END).orElse(text);
  }
}
