package io.tokenform.report.access;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tokenform.access.Label;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.SecretShapes;
import io.tokenform.access.Token;
import io.tokenform.history.Provenance;
import io.tokenform.live.ClusterJson;
import io.tokenform.live.JsonDocument;
import io.tokenform.live.Snapshot;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * An access report as one JSON object, as {@code schemas/report.schema.json} describes: a line for
 * each token and each database.
 */
public final class AccessJson implements AccessFormat {
  /** The version of the document's form. */
  static final int VERSION = 1;

  @Override
  public String render(AccessReport report) {
    return JsonDocument.ofLines(out -> write(report, out));
  }

  private static void write(AccessReport report, JsonGenerator out) throws IOException {
    Origin origin = report.origin();
    out.writeStartObject();
    out.writeNumberField("version", VERSION);
    out.writeStringField("toolVersion", origin.toolVersion());
    out.writeStringField("title", SecretShapes.mask(origin.heading()));
    out.writeStringField("madeAt", origin.madeAt().toString());
    ClusterJson.write(out, origin.live().live().cluster());
    out.writeObjectFieldStart("live");
    out.writeStringField("source", origin.isSavedSnapshot() ? "snapshot" : "cluster");
    writeMoment(origin.live(), out);
    if (origin.since().isPresent()) {
      out.writeObjectFieldStart("since");
      writeMoment(origin.since().get(), out);
    }
    if (origin.past().isPresent()) {
      PastJson.write(report, origin.past().get(), out);
    }
    if (report.hasPolicy()) {
      writeTexts("policy", origin.policyFiles(), out);
    }
    if (!origin.reviewers().isEmpty()) {
      writeTexts("reviewers", origin.reviewers(), out);
    }
    write(report, out, report.glance());
    Set<String> dangling = report.dangling();
    out.writeArrayFieldStart("tokens");
    for (ReportedToken token : report.tokens()) {
      write(token, dangling, out);
    }
    out.writeEndArray();
    if (origin.since().isPresent()) {
      out.writeArrayFieldStart("gone");
      for (ReportedToken token : report.gone()) {
        write(token, dangling, out);
      }
      out.writeEndArray();
    }
    out.writeObjectFieldStart("allDatabases");
    writeHolders(report.all(), out);
    out.writeEndObject();
    out.writeArrayFieldStart("databases");
    for (DatabaseAccess database : report.databases()) {
      out.writeStartObject();
      out.writeStringField("name", SecretShapes.mask(database.name()));
      out.writeBooleanField("exists", database.isLive());
      if (origin.since().isPresent()) {
        out.writeBooleanField("new", database.isNew());
      }
      writeHolders(database, out);
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void writeMoment(Snapshot snapshot, JsonGenerator out) throws IOException {
    out.writeStringField("asOf", snapshot.takenAt().toString());
    out.writeStringField("digest", snapshot.digest());
    out.writeEndObject();
  }

  private static void write(AccessReport report, JsonGenerator out, Glance glance)
      throws IOException {
    out.writeObjectFieldStart("glance");
    out.writeNumberField("tokens", glance.tokens());
    out.writeNumberField("wildcardWriters", glance.allWriters());
    out.writeNumberField("wildcardReaders", glance.allReaders());
    out.writeNumberField("expiringIn30Days", glance.expiring());
    out.writeNumberField("neverExpire", glance.neverExpire());
    write("unmanaged", glance.unmanaged(), out);
    write("ambiguous", glance.ambiguous(), out);
    if (report.hasPolicy()) {
      out.writeNumberField("beyondPolicy", report.beyondPolicy());
      out.writeNumberField("belowPolicy", report.belowPolicy());
    }
    out.writeNumberField("dangling", glance.dangling());
    out.writeNumberField("parked", glance.parked());
    out.writeNumberField("ending", glance.ending());
    out.writeNumberField("pending", glance.pending());
    out.writeNumberField("databases", glance.databases());
    out.writeNumberField("goneDatabases", glance.goneDatabases());
    out.writeNumberField("leftOut", glance.leftOut());
    out.writeNumberField("unreadable", glance.unreadable());
    out.writeEndObject();
  }

  private static void write(String field, OptionalInt number, JsonGenerator out)
      throws IOException {
    if (number.isPresent()) {
      out.writeNumberField(field, number.getAsInt());
    }
  }

  private static void write(ReportedToken reported, Set<String> dangling, JsonGenerator out)
      throws IOException {
    Token token = reported.token();
    out.writeStartObject();
    out.writeStringField("id", token.id().toString());
    write("name", reported.name(), out);
    out.writeStringField("description", SecretShapes.mask(reported.text()));
    write("owner", reported.owner().map(SecretShapes::mask), out);
    write("policy", reported.place(), out);
    write("managed", reported.standing().map(Standing::toString), out);
    out.writeStringField("state", reported.state());
    write("until", reported.label().flatMap(AccessTexts::until), out);
    if (reported.label().isPresent() && reported.label().get() instanceof Label.Parked parked) {
      out.writeStringField("since", parked.at().toString());
      out.writeStringField("reason", SecretShapes.mask(parked.reason()));
    }
    write("createdAt", token.createdAt(), out);
    write("expiresAt", token.expiresAt(), out);
    out.writeArrayFieldStart("permissions");
    for (Permission permission : reported.permissions()) {
      out.writeStartObject();
      writeFields(permission, out);
      Optional<Provenance> past = reported.pastOf(permission);
      if (past.isPresent()) {
        PastJson.write(past.get(), out);
      }
      out.writeEndObject();
    }
    out.writeEndArray();
    if (!reported.beyondPolicy().isEmpty()) {
      write("beyondPolicy", reported.beyondPolicy(), out);
    }
    if (!reported.belowPolicy().isEmpty()) {
      write("belowPolicy", reported.belowPolicy(), out);
    }
    List<Permission> lost = reported.on(dangling);
    if (!lost.isEmpty()) {
      write("dangling", Permissions.of(lost), out);
    }
    if (reported.change().isPresent()) {
      AccessChange change = reported.change().get();
      out.writeObjectFieldStart("change");
      out.writeStringField("kind", change.kind().toString());
      write("gained", change.gained(), out);
      write("lost", change.lost(), out);
      out.writeEndObject();
    }
    out.writeEndObject();
  }

  private static void write(String field, Optional<?> value, JsonGenerator out) throws IOException {
    if (value.isPresent()) {
      out.writeStringField(field, value.get().toString());
    }
  }

  private static void write(String field, Permissions permissions, JsonGenerator out)
      throws IOException {
    out.writeArrayFieldStart(field);
    for (Permission permission : permissions) {
      out.writeStartObject();
      writeFields(permission, out);
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void writeFields(Permission permission, JsonGenerator out) throws IOException {
    out.writeStringField("action", permission.action().name());
    out.writeStringField("resource", SecretShapes.mask(permission.resource()));
  }

  private static void writeHolders(DatabaseAccess database, JsonGenerator out) throws IOException {
    writeIds("read", database.readers(), out);
    writeIds("write", database.writers(), out);
  }

  private static void writeIds(String field, List<ReportedToken> tokens, JsonGenerator out)
      throws IOException {
    out.writeArrayFieldStart(field);
    for (ReportedToken token : tokens) {
      out.writeString(token.token().id().toString());
    }
    out.writeEndArray();
  }

  private static void writeTexts(String field, List<String> texts, JsonGenerator out)
      throws IOException {
    out.writeArrayFieldStart(field);
    for (String text : texts) {
      out.writeString(SecretShapes.mask(text));
    }
    out.writeEndArray();
  }
}
