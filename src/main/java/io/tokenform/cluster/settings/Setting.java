package io.tokenform.cluster.settings;

import java.util.Objects;

/**
 * A value that somebody gave, and where.
 *
 * @param origin how a message names the place, as in {@code --url} or {@code tokens.yaml:4:3}
 */
public record Setting(String value, String origin) {
  public Setting {
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(origin, "origin");
  }
}
