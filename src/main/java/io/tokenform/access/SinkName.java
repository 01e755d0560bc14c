package io.tokenform.access;

import java.util.Objects;

/** The name of a sink: its key in the platform file. */
public record SinkName(String value) implements Comparable<SinkName> {
  /**
   * @throws IllegalArgumentException if {@code value} is blank, longer than 128 characters, or
   *     holds a control character
   */
  public SinkName {
    Objects.requireNonNull(value, "value");
    Names.check(value, "a sink");
  }

  @Override
  public int compareTo(SinkName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
