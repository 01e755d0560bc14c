package io.tokenform.plan.planner;

import io.tokenform.access.Label;
import io.tokenform.access.ShellWord;
import io.tokenform.access.Token;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Guardrail;
import io.tokenform.finding.Subject;
import io.tokenform.policy.DesiredToken;

/** What is said of tokens of the policy that are in a state in which a plan cannot change them. */
final class StateFindings {
  private StateFindings() {}

  static Diagnostic revoked(DesiredToken desired, Token token) {
    return Diagnostic.of(
            Guardrail.MISSING_TOKEN,
            desired.where(),
            "the token of \""
                + desired.name()
                + "\" was revoked at "
                + token.revokedAt().orElseThrow()
                + ", which cannot be undone")
        .about(Subject.of(desired.name(), token.id()))
        .hint(
            "give it state: revoked, remove it from the policy, or give the id of the token that"
                + " took its place");
  }

  /** A new one could be made, and perhaps there is a reason why there is none. */
  static Diagnostic revokedByHand(DesiredToken desired, Token token) {
    return Diagnostic.of(
            Guardrail.MISSING_TOKEN,
            desired.where(),
            "the token of \""
                + desired.name()
                + "\", "
                + token.id()
                + ", was revoked at "
                + token.revokedAt().orElseThrow()
                + " by somebody else, and a new one would be made")
        .about(Subject.of(desired.name()))
        .hint("find out why it was revoked");
  }

  static Diagnostic labelled(DesiredToken desired, Token token, Label label) {
    return label instanceof Label.Parked parked
        ? parked(desired, token, parked)
        : Diagnostic.of(
                Guardrail.MISSING_TOKEN,
                desired.where(),
                "the token of \""
                    + desired.name()
                    + "\" is "
                    + label.word()
                    + ": another one has taken its place, or is about to")
            .about(Subject.of(desired.name(), token.id()))
            .hint("give the id of the token that is in use, or its description without an id");
  }

  private static Diagnostic parked(DesiredToken desired, Token token, Label.Parked parked) {
    return Diagnostic.of(
            Guardrail.PARKED_TOKEN,
            desired.where(),
            "\""
                + desired.name()
                + "\" was parked at "
                + parked.at()
                + " ("
                + parked.reason()
                + "), and is left alone")
        .about(Subject.of(desired.name(), token.id()))
        .hint("to give it back: tokenform token release " + ShellWord.of(desired.name().value()));
  }

  /**
   * @param cannotReplace whether it is old enough, and the policy names no sink for a successor
   */
  static Diagnostic pending(DesiredToken desired, Token token, boolean cannotReplace) {
    String made = token.createdAt().map(instant -> ", made at " + instant + ",").orElse("");
    return cannotReplace
        ? Diagnostic.of(
                Guardrail.PENDING_TOKEN,
                desired.where(),
                "the making of a token of \""
                    + desired.name()
                    + "\" did not end, and somebody may have the secret of "
                    + token.id())
            .about(Subject.of(desired.name(), token.id()))
            .hint(
                "revoke it: tokenform token revoke "
                    + token.id()
                    + "; or say with deliver where the secret of a successor goes")
        : Diagnostic.of(
                Guardrail.PENDING_TOKEN,
                desired.where(),
                "somebody may be making a token of \""
                    + desired.name()
                    + "\" right now: "
                    + token.id()
                    + made
                    + " is pending")
            .about(Subject.of(desired.name(), token.id()))
            .hint(
                "wait for that apply to end; what it leaves can be dealt with "
                    + Leftovers.PATIENCE.toMinutes()
                    + " minutes after it was made");
  }

  /** Somebody gave it access back, or the label is not tokenform's. */
  static Diagnostic retiredWithAccess(DesiredToken desired, Token token) {
    return Diagnostic.warning(
            Code.FALSE_LABEL,
            desired.where(),
            "the token "
                + token.id()
                + " of \""
                + desired.name()
                + "\" has access though its label says that it is retired: it is left alone")
        .about(Subject.of(desired.name(), token.id()))
        .hint(
            "if it is old, revoke it: tokenform token revoke "
                + token.id()
                + "; if it is another token, correct its description");
  }

  /** Its age is no reason for a successor, and without a word nobody would miss one. */
  static Diagnostic unknownAge(DesiredToken desired, Token token) {
    return Diagnostic.warning(
            Code.UNKNOWN_AGE,
            desired.where(),
            "the cluster does not say when the token "
                + token.id()
                + " of \""
                + desired.name()
                + "\" was made, so its age never makes it due for rotation")
        .about(Subject.of(desired.name(), token.id()))
        .hint(
            "make a successor by hand: tokenform token rotate "
                + ShellWord.of(desired.name().value()));
  }

  static Diagnostic expired(DesiredToken desired, Token token) {
    return Diagnostic.warning(
            Code.EXPIRED_TOKEN,
            desired.where(),
            "the token of \""
                + desired.name()
                + "\" expired at "
                + token.expiresAt().orElseThrow()
                + ", so it does not work, whatever its permissions")
        .about(Subject.of(desired.name(), token.id()))
        .hint("remove it from the policy, or give the id of the token that took its place");
  }
}
