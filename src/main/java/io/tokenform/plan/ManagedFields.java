package io.tokenform.plan;

import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import java.util.Objects;
import java.util.Optional;

/** The fields of a token that the policy sets, with their values at one moment. */
public record ManagedFields(Optional<String> description, Optional<Permissions> permissions) {
  public ManagedFields {
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(permissions, "permissions");
  }

  /** The same fields as these have values for, as a live token has them. */
  public ManagedFields asOf(Token token) {
    return new ManagedFields(
        description.isPresent() ? Optional.of(token.description()) : description,
        permissions.isPresent() ? Optional.of(token.permissions()) : permissions);
  }

  /** The same fields, save the description. */
  public ManagedFields withoutDescription() {
    return new ManagedFields(Optional.empty(), permissions);
  }

  /** Those of these fields that have another value there, or none. */
  ManagedFields differingFrom(ManagedFields other) {
    return new ManagedFields(
        description.filter(text -> !other.description.equals(description)),
        permissions.filter(set -> !other.permissions.equals(permissions)));
  }

  /** Whether the other ones have values for the same fields. */
  boolean areSameFieldsAs(ManagedFields other) {
    return description.isPresent() == other.description.isPresent()
        && permissions.isPresent() == other.permissions.isPresent();
  }

  // Written out: what the compiler would put here costs milliseconds at its first use.
  @Override
  public boolean equals(Object other) {
    return other instanceof ManagedFields that
        && description.equals(that.description)
        && permissions.equals(that.permissions);
  }

  @Override
  public int hashCode() {
    return 31 * description.hashCode() + permissions.hashCode();
  }
}
