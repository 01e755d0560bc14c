package io.tokenform.report.access;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tokenform.access.SecretShapes;
import io.tokenform.apply.journal.JournalHeader;
import io.tokenform.history.Gift;
import io.tokenform.history.Provenance;
import java.io.IOException;
import java.util.Optional;

/** The parts of the JSON of a report that say how tokens came to what they have. */
final class PastJson {
  private PastJson() {}

  /** Where the history is from, and each journal that gave something of what is there now. */
  static void write(ClusterAccess cluster, Past past, JsonGenerator out) throws IOException {
    out.writeObjectFieldStart("history");
    out.writeStringField("from", past.history().beginning().toString());
    out.writeNumberField("snapshots", past.history().snapshots());
    out.writeNumberField("applies", past.history().applies());
    out.writeNumberField("setAside", past.setAside());
    out.writeNumberField("unexplained", cluster.unexplained());
    out.writeArrayFieldStart("journals");
    for (Gift gift : cluster.gifts()) {
      out.writeStartObject();
      out.writeStringField("journal", SecretShapes.mask(gift.journal()));
      write(gift.header(), out);
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void write(JournalHeader header, JsonGenerator out) throws IOException {
    out.writeStringField("begun", header.startedAt().toString());
    out.writeStringField("user", SecretShapes.mask(header.user()));
    write("host", header.host(), out);
    out.writeStringField("plan", SecretShapes.mask(header.planDigest()));
    write("rollsBack", header.rollsBack(), out);
    write("commit", header.cause().commit(), out);
    write("pullRequest", header.cause().change(), out);
    write("run", header.cause().run(), out);
    write("reason", header.cause().reason(), out);
  }

  private static void write(String field, Optional<String> text, JsonGenerator out)
      throws IOException {
    if (text.isPresent()) {
      out.writeStringField(field, SecretShapes.mask(text.get()));
    }
  }

  /** The fields of one permission. */
  static void write(Provenance past, JsonGenerator out) throws IOException {
    out.writeStringField("origin", past.origin().toString());
    out.writeStringField("since", past.since().toString());
    if (past.missingAt().isPresent()) {
      out.writeStringField("missingAt", past.missingAt().get().toString());
    }
    if (past.gift().isPresent()) {
      Gift gift = past.gift().get();
      out.writeObjectFieldStart("givenBy");
      out.writeStringField("journal", SecretShapes.mask(gift.journal()));
      out.writeStringField("kind", gift.kind().toString());
      out.writeStringField("address", SecretShapes.mask(gift.address().toString()));
      out.writeBooleanField("certain", gift.isCertain());
      out.writeEndObject();
    }
  }
}
