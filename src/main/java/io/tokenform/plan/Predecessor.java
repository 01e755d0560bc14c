package io.tokenform.plan;

import io.tokenform.access.Label;
import io.tokenform.access.LiveDescription;
import io.tokenform.access.Nonce;
import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.cluster.TokenUpdate;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A live token that gets a successor: the one in use, or one whose making did not end and whose
 * secret somebody may have.
 *
 * @param id its id
 * @param description its live description, label and all
 * @param permissions what it may do now
 */
public record Predecessor(TokenId id, String description, Permissions permissions) {
  public Predecessor {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(permissions, "permissions");
  }

  /** A live token as it is. */
  public static Predecessor of(Token token) {
    return new Predecessor(token.id(), token.description(), token.permissions());
  }

  /** Whether a live token is still as it was found. */
  public boolean isStill(Token live) {
    return live.isStill(description, permissions);
  }

  /** Whether somebody cut it off by hand. */
  public boolean isParked() {
    return LiveDescription.parse(description).has(Label.Parked.class);
  }

  /** The nonce of one whose making did not end. */
  public Optional<Nonce> nonce() {
    return LiveDescription.parse(description)
        .label()
        .filter(Label.Pending.class::isInstance)
        .map(label -> ((Label.Pending) label).nonce());
  }

  /**
   * What is sent to it once its successor's secret is stored: it works for the overlap, with what
   * of its permissions the policy still gives the name; it gets none that it did not have. Without
   * an overlap, and if it is parked, it loses its access at once.
   *
   * @param succession how the successor takes its place
   * @param now when it is sent
   */
  public TokenUpdate replacedBy(Succession succession, Instant now) {
    if (losesAccessAtOnce(succession)) {
      return retired(succession.description(), now.plus(succession.park()));
    }
    Label label = new Label.Retiring(now.plus(succession.overlap()));
    return new TokenUpdate(
        Optional.of(LiveDescription.of(succession.description(), label).toString()),
        narrowed(succession));
  }

  /** The permissions that it keeps, where those are fewer than it has. */
  private Optional<Permissions> narrowed(Succession succession) {
    return succession
        .permissions()
        .map(permissions::narrowedTo)
        .filter(kept -> !kept.equals(permissions));
  }

  static TokenUpdate retired(String text, Instant until) {
    return new TokenUpdate(
        Optional.of(LiveDescription.of(text, new Label.Retired(until)).toString()),
        Optional.of(Permissions.NONE));
  }

  /** What becomes of it, once its successor's secret is stored. */
  TokenAfter after(Succession succession) {
    return losesAccessAtOnce(succession)
        ? TokenAfter.of(id, TokenAfter.Use.RETIRED, Permissions.NONE)
        : TokenAfter.of(id, TokenAfter.Use.RETIRING, narrowed(succession).orElse(permissions));
  }

  /** Whether it loses its access as soon as its successor's secret is stored. */
  public boolean losesAccessAtOnce(Succession succession) {
    return succession.overlap().isZero() || isParked();
  }

  /** The same update as a plan shows it. */
  TokenUpdate planned(Succession succession) {
    boolean atOnce = losesAccessAtOnce(succession);
    String word = atOnce ? "retired" : "retiring";
    Duration time = atOnce ? succession.park() : succession.overlap();
    return new TokenUpdate(
        Optional.of(
            succession.description() + " (tokenform: " + word + " until " + Blanks.in(time) + ")"),
        atOnce ? Optional.of(Permissions.NONE) : narrowed(succession));
  }

  /**
   * Whether a live token needs no other label: it is revoked or retired, or is retiring and may
   * work for some time yet.
   */
  public static boolean isReplaced(Token live, Succession succession) {
    LiveDescription now = LiveDescription.parse(live.description());
    return live.isRevoked()
        || now.has(Label.Retired.class)
        || (now.has(Label.Retiring.class) && !succession.overlap().isZero());
  }
}
