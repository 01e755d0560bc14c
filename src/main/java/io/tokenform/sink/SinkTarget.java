package io.tokenform.sink;

import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which token's secret it is. A command gets all of this in its environment, and the name and the
 * cluster in its arguments too; a directory makes a file of the name.
 *
 * @param name letters, digits, {@code .}, {@code _} and {@code -}, with a letter or digit first
 * @param cluster the cluster's name in its fleet, else its id, else its host
 * @param id absent while the token does not exist yet
 * @param description without a label
 * @param expiresAt absent for never
 */
public record SinkTarget(
    TokenName name,
    String cluster,
    Optional<TokenId> id,
    String description,
    Optional<Instant> expiresAt) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  /** A path of several parts, an option or an escape would mean something to a program. */
  private static final Pattern CLUSTER =
      Pattern.compile("[^\\p{Cntrl}\\s/\\\\.-][^\\p{Cntrl}\\s/\\\\]*");

  /**
   * @throws IllegalArgumentException if a sink cannot have such a name, or the cluster could be
   *     taken for an option or a path
   */
  public SinkTarget {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(expiresAt, "expiresAt");
    if (!mayBeDelivered(name)) {
      throw new IllegalArgumentException(
          "a name for a sink has letters, digits, \".\", \"_\" and \"-\", and begins with a letter"
              + " or digit");
    }
    if (!CLUSTER.matcher(cluster).matches()) {
      throw new IllegalArgumentException(
          "a cluster for a sink has no blanks, control characters or slashes, and does not begin"
              + " with \".\" or \"-\"");
    }
  }

  /** Whether a sink can have the secret of a token of this name. */
  public static boolean mayBeDelivered(TokenName name) {
    return NAME.matcher(name.value()).matches();
  }
}
