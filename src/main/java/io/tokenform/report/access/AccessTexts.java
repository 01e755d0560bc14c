package io.tokenform.report.access;

import io.tokenform.access.Action;
import io.tokenform.access.ClusterAddress;
import io.tokenform.access.Label;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.history.Gift;
import io.tokenform.report.text.Printable;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The parts of an access report as texts for people, each on one line and harmless. */
final class AccessTexts {
  private AccessTexts() {}

  /** Which cluster it is. */
  static String cluster(ClusterAddress cluster) {
    StringBuilder text = new StringBuilder(cluster.product().toString());
    cluster.accountId().ifPresent(id -> text.append(", account ").append(id));
    cluster.clusterId().ifPresent(id -> text.append(", cluster ").append(id));
    cluster.fixedUrl().ifPresent(url -> text.append(", ").append(url));
    return Printable.line(text.toString());
  }

  /** What its facts are read from. */
  static String source(Origin origin) {
    return origin.isSavedSnapshot() ? "a snapshot" : "the cluster itself";
  }

  /** The databases on which an action is permitted, {@code *} first. */
  static String databases(Permissions permissions, Action action) {
    return joined(
        permissions,
        permission -> permission.action().equals(action),
        permission -> Printable.name(permission.resource()));
  }

  /** The permissions whose actions are neither read nor write. */
  static String others(Permissions permissions) {
    return joined(
        permissions, permission -> !permission.action().isDocumented(), AccessTexts::permission);
  }

  /** All permissions, as in {@code read logs, write *}. */
  static String all(Permissions permissions) {
    return joined(permissions, permission -> true, AccessTexts::permission);
  }

  static String permission(Permission permission) {
    return Printable.name(permission.action().name()) + " " + Printable.name(permission.resource());
  }

  private static String joined(
      Permissions permissions, Predicate<Permission> condition, Function<Permission, String> text) {
    return permissions.stream().filter(condition).map(text).collect(Collectors.joining(", "));
  }

  /** When the state that a label says comes to its end. */
  static Optional<Instant> until(Label label) {
    if (label instanceof Label.Retiring retiring) {
      return Optional.of(retiring.until());
    }
    return label instanceof Label.Retired retired ? Optional.of(retired.until()) : Optional.empty();
  }

  /** What a change does, and to what, as far as it is certain. */
  static String deed(Gift gift) {
    return gift.kind() + " " + gift.address() + (gift.isCertain() ? "" : " (perhaps)");
  }

  /** A moment, as RFC 3339 writes it. */
  static String time(Optional<Instant> time) {
    return time.map(Instant::toString).orElse("");
  }

  static String line(Optional<String> text) {
    return text.map(Printable::line).orElse("");
  }
}
