package io.tokenform.report.live;

import io.tokenform.access.Action;
import io.tokenform.access.LiveDescription;
import io.tokenform.access.Permission;
import io.tokenform.access.Token;
import io.tokenform.report.text.Printable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The parts of a live token as texts for people, each on one line and harmless. */
final class TokenCells {
  private TokenCells() {}

  /** The description without its label, in quotes where it could be mistaken for several cells. */
  static String description(Token token) {
    String text = text(token);
    boolean clear =
        text.equals(text.strip())
            && !text.contains("  ")
            && text.indexOf('"') < 0
            && text.indexOf('\\') < 0;
    return clear ? Printable.line(text) : Printable.quoted(text);
  }

  /** What people call it: the description without its label, which the status shows. */
  static String text(Token token) {
    return LiveDescription.parse(token.description()).text();
  }

  /** The permissions in one cell, as in {@code read logs, metrics; write *}. */
  static String access(Token token) {
    if (token.permissions().isEmpty()) {
      return "no access";
    }
    Map<String, List<String>> byAction = new LinkedHashMap<>();
    token
        .permissions()
        .forEach(
            permission ->
                byAction
                    .computeIfAbsent(
                        Printable.name(permission.action().name()), key -> new ArrayList<>())
                    .add(Printable.name(permission.resource())));
    return byAction.entrySet().stream()
        .map(entry -> entry.getKey() + " " + String.join(", ", entry.getValue()))
        .collect(Collectors.joining("; "));
  }

  /** The databases on which an action is permitted, {@code *} first. */
  static String databases(Token token, Action action) {
    return joined(
        token,
        permission -> permission.action().equals(action),
        permission -> Printable.name(permission.resource()));
  }

  /** The permissions whose actions are neither read nor write. */
  static String others(Token token) {
    return joined(
        token,
        permission -> !permission.action().isDocumented(),
        permission ->
            Printable.name(permission.action().name())
                + " "
                + Printable.name(permission.resource()));
  }

  private static String joined(
      Token token, Predicate<Permission> condition, Function<Permission, String> text) {
    return token.permissions().stream()
        .filter(condition)
        .map(text)
        .collect(Collectors.joining(", "));
  }

  /** The day of a moment, by UTC. */
  static String day(Optional<Instant> time) {
    return time.map(moment -> moment.toString().replaceFirst("T.*", "")).orElse("");
  }

  /** A moment, as RFC 3339 writes it. */
  static String time(Optional<Instant> time) {
    return time.map(Instant::toString).orElse("");
  }
}
