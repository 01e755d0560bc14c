package io.tokenform.cli.model;

import picocli.CommandLine.Model.IGetter;
import picocli.CommandLine.Model.ISetter;

/** The field of an option or a parameter, as picocli reads and sets it. */
final class Binding implements IGetter, ISetter {
  private final Model model;
  private final Object owner;
  private final int field;

  Binding(Model model, Object owner, int field) {
    this.model = model;
    this.owner = owner;
    this.field = field;
  }

  @Override
  // The type is picocli's, which knows that of the field.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public <T> T get() {
    return (T) model.get(owner, field);
  }

  /** Answers the value that the field had before. */
  @Override
  public <T> T set(T value) {
    T old = get();
    model.set(owner, field, value);
    return old;
  }
}
