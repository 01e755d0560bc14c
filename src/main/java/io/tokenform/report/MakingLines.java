package io.tokenform.report;

import io.tokenform.access.Durations;
import io.tokenform.access.ShellWord;
import io.tokenform.plan.Making;
import io.tokenform.plan.Predecessor;
import io.tokenform.plan.Succession;
import io.tokenform.policy.Expiry;
import io.tokenform.policy.SinkDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** How a token is made and takes the place of others, in sentences that are not harmless yet. */
final class MakingLines {
  private MakingLines() {}

  /** When it expires, and where its secret goes. */
  static List<String> of(Making making) {
    List<String> lines = new ArrayList<>();
    lines.add(making.expires().map(MakingLines::expiry).orElse("never expires"));
    if (!making.settle().isZero()) {
      lines.add(
          "waits "
              + Durations.text(making.settle())
              + " before the delivery, so that the cluster knows it");
    }
    lines.add(
        "its secret "
            + making
                .definition()
                .<String>map(
                    command -> stored(making, command(command)),
                    directory -> stored(making, "directory " + directory.path()),
                    screen -> "is shown here, once, and kept nowhere"));
    return lines;
  }

  private static String expiry(Expiry expiry) {
    return expiry instanceof Expiry.At
        ? "expires at " + expiry
        : "expires " + expiry + " after it is made";
  }

  private static String stored(Making making, String where) {
    return "goes to the sink " + making.sink() + " (" + where + ")";
  }

  private static String command(SinkDefinition.Command command) {
    return "command "
        + command.command().stream().map(ShellWord::of).collect(Collectors.joining(" "));
  }

  /** What becomes of each of those before it. */
  static List<String> predecessors(Succession succession) {
    return succession.predecessors().stream()
        .map(predecessor -> predecessor(predecessor, succession))
        .toList();
  }

  private static String predecessor(Predecessor predecessor, Succession succession) {
    String park = Durations.text(succession.park());
    String who = predecessor.nonce().isPresent() ? " (unfinished)" : "";
    return predecessor.losesAccessAtOnce(succession)
        ? predecessor.id() + who + " then has no access, and is revoked " + park + " later"
        : predecessor.id()
            + who
            + " works for "
            + Durations.text(succession.overlap())
            + " more, then has no access, and is revoked "
            + park
            + " later";
  }
}
