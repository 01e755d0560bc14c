package io.tokenform.report.live;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tokenform.access.Label;
import io.tokenform.access.SecretShapes;
import io.tokenform.access.Token;
import io.tokenform.access.TokenStatus;
import io.tokenform.live.Generations;
import io.tokenform.report.text.Columns;
import io.tokenform.report.text.Printable;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** Where in its life a token is: what its label says, as long as it works. */
final class TokenState {
  private final TokenStatus status;
  private final Optional<Label> label;

  private TokenState(TokenStatus status, Optional<Label> label) {
    this.status = status;
    this.label = label;
  }

  static TokenState of(Token token, Instant now) {
    return new TokenState(token.status(now), Generations.label(token));
  }

  /** One word: revoked or expired; pending, retiring, retired or parked; or active. */
  String word() {
    return status == TokenStatus.ACTIVE
        ? label.map(Label::word).orElse(status.toString())
        : status.toString();
  }

  /** Adds the word, and what else the label says. */
  void addTo(Columns columns) {
    columns.row("status", word());
    label.ifPresent(
        known -> {
          if (known instanceof Label.Parked parked) {
            columns.row("parked", parked.at().toString());
            columns.row("reason", Printable.line(parked.reason()));
          } else {
            until(known).ifPresent(end -> columns.row(known.word(), "until " + end));
          }
        });
  }

  private static Optional<Instant> until(Label label) {
    if (label instanceof Label.Retiring retiring) {
      return Optional.of(retiring.until());
    }
    return label instanceof Label.Retired retired ? Optional.of(retired.until()) : Optional.empty();
  }

  /** Writes the fields of the label into the object that is open; none where there is no label. */
  void writeTo(JsonGenerator out) throws IOException {
    if (label.isEmpty()) {
      return;
    }
    out.writeStringField("label", label.get().word());
    Optional<Instant> end = until(label.get());
    if (end.isPresent()) {
      out.writeStringField("until", end.get().toString());
    }
    if (label.get() instanceof Label.Parked parked) {
      out.writeStringField("since", parked.at().toString());
      out.writeStringField("reason", SecretShapes.mask(parked.reason()));
    }
  }
}
