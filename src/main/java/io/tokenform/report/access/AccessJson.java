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
import io.tokenform.policy.placement.Place;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * An access report as one JSON object, as {@code schemas/report.schema.json} describes: a line for
 * each token and each database of each cluster.
 */
public final class AccessJson implements AccessFormat {
  /** The version of the document's form. */
  static final int VERSION = 1;

  @Override
  public String render(AccessReport report) {
    return JsonDocument.ofLines(out -> write(report, out));
  }

  private static void write(AccessReport report, JsonGenerator out) throws IOException {
    Imprint imprint = report.imprint();
    out.writeStartObject();
    out.writeNumberField("version", VERSION);
    out.writeStringField("toolVersion", imprint.toolVersion());
    out.writeStringField("title", SecretShapes.mask(imprint.heading()));
    out.writeStringField("madeAt", imprint.madeAt().toString());
    if (report.fleet().isPresent()) {
      write(report, report.fleet().get(), out);
    } else {
      writeOrigin(report.clusters().get(0), out);
    }
    if (!imprint.reviewers().isEmpty()) {
      writeTexts("reviewers", imprint.reviewers(), out);
    }
    write(report.glance(), report.beyondPolicy(), report.belowPolicy(), report.hasPolicy(), out);
    out.writeArrayFieldStart("tokens");
    for (ClusterAccess cluster : report.clusters()) {
      write(cluster.tokens(), cluster.dangling(), out);
    }
    out.writeEndArray();
    if (report.hasSince()) {
      out.writeArrayFieldStart("gone");
      for (ClusterAccess cluster : report.clusters()) {
        write(cluster.gone(), cluster.dangling(), out);
      }
      out.writeEndArray();
    }
    writeAll(report.all(), out);
    out.writeArrayFieldStart("databases");
    for (ClusterAccess cluster : report.clusters()) {
      for (DatabaseAccess database : cluster.databases()) {
        write(cluster.origin(), database, out);
      }
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  /** Which fleet, and for each of its clusters where its facts are from, and its numbers. */
  private static void write(AccessReport report, FleetScope fleet, JsonGenerator out)
      throws IOException {
    out.writeObjectFieldStart("fleet");
    out.writeStringField("file", SecretShapes.mask(fleet.file()));
    out.writeNumberField("clusters", fleet.clusters());
    out.writeEndObject();
    out.writeArrayFieldStart("unread");
    for (UnreadCluster unread : fleet.unread()) {
      out.writeStartObject();
      out.writeStringField("cluster", unread.name().value());
      out.writeStringField("reason", SecretShapes.mask(unread.reason()));
      write("hint", unread.hint().map(SecretShapes::mask), out);
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeArrayFieldStart("clusters");
    for (ClusterAccess cluster : report.clusters()) {
      Place place = cluster.origin().place().orElseThrow();
      out.writeStartObject();
      out.writeStringField("name", place.name().value());
      out.writeObjectFieldStart("labels");
      for (Map.Entry<String, String> label : place.labels().entrySet()) {
        out.writeStringField(label.getKey(), label.getValue());
      }
      out.writeEndObject();
      writeOrigin(cluster, out);
      write(
          cluster.glance(),
          cluster.beyondPolicy(),
          cluster.belowPolicy(),
          cluster.hasPolicy(),
          out);
      writeAll(List.of(cluster.all()), out);
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void writeOrigin(ClusterAccess cluster, JsonGenerator out) throws IOException {
    Origin origin = cluster.origin();
    ClusterJson.write(out, origin.live().live().cluster());
    out.writeObjectFieldStart("live");
    out.writeStringField("source", origin.isSavedSnapshot() ? "snapshot" : "cluster");
    writeMoment(origin.live(), out);
    if (origin.since().isPresent()) {
      out.writeObjectFieldStart("since");
      writeMoment(origin.since().get(), out);
    }
    if (origin.past().isPresent()) {
      PastJson.write(cluster, origin.past().get(), out);
    }
    if (cluster.hasPolicy()) {
      writeTexts("policy", origin.policyFiles(), out);
    }
  }

  private static void writeAll(List<DatabaseAccess> all, JsonGenerator out) throws IOException {
    out.writeObjectFieldStart("allDatabases");
    writeIds("read", all.stream().flatMap(one -> one.readers().stream()).toList(), out);
    writeIds("write", all.stream().flatMap(one -> one.writers().stream()).toList(), out);
    out.writeEndObject();
  }

  private static void write(Origin origin, DatabaseAccess database, JsonGenerator out)
      throws IOException {
    out.writeStartObject();
    write("cluster", origin.cluster(), out);
    out.writeStringField("name", SecretShapes.mask(database.name()));
    out.writeBooleanField("exists", database.isLive());
    if (origin.since().isPresent()) {
      out.writeBooleanField("new", database.isNew());
    }
    writeIds("read", database.readers(), out);
    writeIds("write", database.writers(), out);
    out.writeEndObject();
  }

  private static void writeMoment(Snapshot snapshot, JsonGenerator out) throws IOException {
    out.writeStringField("asOf", snapshot.takenAt().toString());
    out.writeStringField("digest", snapshot.digest());
    out.writeEndObject();
  }

  private static void write(
      Glance glance, int beyondPolicy, int belowPolicy, boolean hasPolicy, JsonGenerator out)
      throws IOException {
    out.writeObjectFieldStart("glance");
    out.writeNumberField("tokens", glance.tokens());
    out.writeNumberField("wildcardWriters", glance.allWriters());
    out.writeNumberField("wildcardReaders", glance.allReaders());
    out.writeNumberField("expiringIn30Days", glance.expiring());
    out.writeNumberField("neverExpire", glance.neverExpire());
    write("unmanaged", glance.unmanaged(), out);
    write("ambiguous", glance.ambiguous(), out);
    if (hasPolicy) {
      out.writeNumberField("beyondPolicy", beyondPolicy);
      out.writeNumberField("belowPolicy", belowPolicy);
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

  private static void write(List<ReportedToken> tokens, Set<String> dangling, JsonGenerator out)
      throws IOException {
    for (ReportedToken token : tokens) {
      write(token, dangling, out);
    }
  }

  private static void write(ReportedToken reported, Set<String> dangling, JsonGenerator out)
      throws IOException {
    Token token = reported.token();
    out.writeStartObject();
    write("cluster", reported.cluster(), out);
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
