package io.tokenform.cluster.settings;

import io.tokenform.access.Explained;
import java.util.Optional;

/** The settings do not lead to one cluster that may be talked to. */
public final class SettingsException extends Exception implements Explained {
  private static final long serialVersionUID = 1L;

  private final String hint;

  public SettingsException(String message, String hint) {
    super(message);
    this.hint = hint;
  }

  @Override
  public Optional<String> hint() {
    return Optional.ofNullable(hint);
  }
}
