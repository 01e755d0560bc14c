package io.tokenform.export.terraform;

import io.tokenform.access.ShellWord;
import io.tokenform.access.TokenId;
import io.tokenform.report.text.Counts;
import io.tokenform.report.text.Excerpt;
import io.tokenform.report.text.Printable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What people are told of a handover.
 *
 * @param file what the state was read from
 * @param mask hides secrets that this run was given
 */
public record HandoverText(
    String file, TerraformState state, Handover handover, UnaryOperator<String> mask) {
  /** Where the secrets of a state are, and what to do about them. */
  public static final String WHERE_SECRETS_ARE =
      "that is the state file and its backups, old versions of remote state, saved plans, and"
          + " artifacts and logs of CI jobs: after the move, delete them and rotate the tokens, as"
          + " the manual's page \"Moving from Terraform\" says";

  /** Why there may be no tokens in a state. */
  public static final String WHY_EMPTY =
      "is it the right folder and workspace? \"terraform state list\" shows what it has";

  /** A longer address is no address: a command with it would be none that somebody can check. */
  private static final int LONGEST_ADDRESS = 2_000;

  public HandoverText {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(handover, "handover");
    Objects.requireNonNull(mask, "mask");
  }

  /** That the state has no tokens at all, where it has none; {@link #WHY_EMPTY} is the hint. */
  public Optional<String> emptiness() {
    return handover.working().isEmpty() && handover.others().isEmpty()
        ? Optional.of("there are no tokens in " + file + ": all are named after descriptions")
        : Optional.empty();
  }

  /** How many tokens have their names from the state; nothing where it has no tokens. */
  public Optional<String> count(Set<TokenId> exported) {
    long named = handover.names().keySet().stream().filter(exported::contains).count();
    return emptiness().isPresent()
        ? Optional.empty()
        : Optional.of(
            Counts.number((int) named)
                + " of "
                + Counts.of(exported.size(), "token is", "tokens are")
                + " named after addresses in "
                + file);
  }

  /**
   * That the secrets of tokens stand in the state, where they do; {@link #WHERE_SECRETS_ARE} is the
   * hint.
   */
  public Optional<String> secrets() {
    int shown = state.shownSecrets();
    int redacted = state.redactedSecrets();
    if (shown == 0 && redacted == 0) {
      return Optional.empty();
    }
    String whose = "the secrets of " + Counts.of(shown + redacted, "token", "tokens");
    return Optional.of(
        shown > 0
            ? whose + " are in " + file + ", and wherever Terraform keeps its state"
            : whose + " are hidden in " + file + ", but not wherever Terraform keeps its state");
  }

  /** What of the state the policy does not have, or has otherwise; a sentence for each. */
  public List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    Map<TokenId, StateToken> seen = new HashMap<>();
    for (StateToken token : handover.working()) {
      StateToken first = seen.putIfAbsent(token.id().orElseThrow(), token);
      if (first != null) {
        remarks.add(
            shown(token) + " is the same token as " + shown(first) + " (" + id(token) + ")");
      } else if (token.isDeposed()) {
        remarks.add(
            shown(token)
                + " ("
                + id(token)
                + ") is deposed: Terraform has made a successor, and would revoke it");
      }
    }
    handover.others().forEach(other -> remarks.add(sentence(other)));
    return remarks;
  }

  private String sentence(Handover.Other other) {
    StateToken token = other.token();
    String reason =
        switch (other.why()) {
          case REVOKED -> "is revoked";
          case EXPIRED -> "has expired";
          case LABELLED -> "has a label of tokenform's";
          case NOT_LIVE -> "is not on this cluster: it is gone, or is another cluster's";
          case OTHER_CLUSTER ->
              "is of another cluster, " + token.clusterId().orElseThrow() + ", and not on this one";
          case NO_ID -> "has no id of a database token in the state";
        };
    return "not exported: "
        + shown(token)
        + (token.id().isPresent() ? " (" + id(token) + ")" : "")
        + " "
        + reason;
  }

  private static String id(StateToken token) {
    return token.id().orElseThrow().toString();
  }

  private String shown(StateToken token) {
    Excerpt excerpt = Excerpt.of(mask.apply(token.address().text()), Excerpt.DESCRIPTION);
    return excerpt.withPlace(excerpt.text().isEmpty() ? "a resource" : excerpt.text());
  }

  /**
   * The commands that let go of the tokens that were exported, and of those that work no more, with
   * comments: all of it can be pasted into a shell. Empty where there are none.
   */
  public String commands(Set<TokenId> exported) {
    List<StateToken> leaving =
        Stream.concat(
                handover.working().stream()
                    .filter(token -> exported.contains(token.id().orElseThrow())),
                handover.others().stream()
                    .filter(HandoverText::isThisClusters)
                    .map(Handover.Other::token))
            .sorted((one, other) -> one.address().compareTo(other.address()))
            .toList();
    if (leaving.isEmpty()) {
      return "";
    }
    StringBuilder out = new StringBuilder();
    out.append(
        """

        # These commands let go of the tokens without revoking them. Run them while the resource blocks are
        # still there: an apply without a block revokes the tokens that the state has of it. Then remove
        # the blocks, before the next apply, which would make new tokens.
        """);
    leaving.stream().map(this::command).distinct().forEach(line -> out.append(line).append('\n'));
    leaving.stream()
        .filter(token -> isPlain(token.address().block()))
        .findFirst()
        .ifPresent(token -> out.append(removed(token)));
    return out.toString();
  }

  /** Whether the cluster says that a token is its own, and that it works no more. */
  private static boolean isThisClusters(Handover.Other other) {
    return switch (other.why()) {
      case REVOKED, EXPIRED, LABELLED -> true;
      case NOT_LIVE, OTHER_CLUSTER, NO_ID -> false;
    };
  }

  private String program() {
    return state.isOpenTofu() ? "tofu" : "terraform";
  }

  private String command(StateToken token) {
    String address = token.address().text();
    return isPlain(address)
        ? program() + " state rm " + ShellWord.of(address)
        : "# An address cannot be shown here; this finds it: "
            + program()
            + " state list -id="
            + id(token);
  }

  /** Whether the text can stand in a command: whoever pastes it sees what it does. */
  private boolean isPlain(String text) {
    return !text.isEmpty()
        && text.charAt(0) != '-'
        && text.length() <= LONGEST_ADDRESS
        && mask.apply(text).equals(text)
        && Printable.line(text).equals(text);
  }

  private String removed(StateToken token) {
    return String.format(
        Locale.ROOT,
        """
        # %s can do the same in a pull request, where a block is replaced with
        #   removed {
        #     from = %s
        #     lifecycle { destroy = false }
        #   }
        """,
        state.isOpenTofu()
            ? "OpenTofu 1.7 and later, before 1.10 without the lifecycle line,"
            : "Terraform 1.7 and later",
        token.address().block());
  }
}
