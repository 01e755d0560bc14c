package io.tokenform.expect;

import io.tokenform.access.Label;
import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.finding.Subject;
import io.tokenform.live.Generations;
import io.tokenform.policy.DesiredToken;
import java.util.Objects;
import java.util.Optional;

/**
 * A working token and what it may do.
 *
 * @param desired what the policy says of it, where the policy means it or has had it
 * @param id its id; absent where it is still to be made, or the policy does not say
 * @param description what people call it, its label included
 * @param generation one word for what its label says; absent for one without a label
 * @param permissions what it may do, as far as that is known
 * @param isKnown whether that is all that it may do
 */
public record Holder(
    Optional<DesiredToken> desired,
    Optional<TokenId> id,
    String description,
    Optional<String> generation,
    Permissions permissions,
    boolean isKnown) {
  private static final String PARKED = "parked";

  public Holder {
    Objects.requireNonNull(desired, "desired");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(generation, "generation");
    Objects.requireNonNull(permissions, "permissions");
  }

  /** A live token as it is. */
  public static Holder of(Token token, Optional<DesiredToken> desired) {
    return new Holder(
        desired,
        Optional.of(token.id()),
        token.description(),
        Generations.label(token).map(Label::word),
        token.permissions(),
        true);
  }

  /** A token that will be made, and be in use. */
  public static Holder made(DesiredToken desired, String description, Permissions permissions) {
    return new Holder(
        Optional.of(desired), Optional.empty(), description, Optional.empty(), permissions, true);
  }

  /** The same, as what a plan makes of it. */
  public Holder as(Optional<String> otherGeneration, Permissions otherPermissions) {
    return new Holder(desired, id, description, otherGeneration, otherPermissions, isKnown);
  }

  /** Its name in the policy; absent for an unmanaged one. */
  public Optional<TokenName> name() {
    return desired.map(DesiredToken::name);
  }

  /** Whether it is the one in use, also where somebody parked it. */
  boolean isInUse() {
    return generation.isEmpty() || isParked();
  }

  boolean isParked() {
    return generation.filter(PARKED::equals).isPresent();
  }

  /** Whom a finding about it is about. */
  Subject subject() {
    return new Subject.OfToken(name(), id);
  }
}
