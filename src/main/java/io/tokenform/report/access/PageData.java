package io.tokenform.report.access;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import io.tokenform.access.Action;
import io.tokenform.access.Label;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.apply.journal.Cause;
import io.tokenform.apply.journal.JournalHeader;
import io.tokenform.history.Gift;
import io.tokenform.history.Provenance;
import io.tokenform.policy.placement.ClusterName;
import io.tokenform.policy.placement.Place;
import io.tokenform.report.text.Printable;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The facts of a report as the page's script reads them. Texts are harmless already: what could not
 * be seen in them is escaped, and the script marks those that had some. What many tokens have in
 * common (owners, sets of permissions) stands once.
 *
 * <p>The fields of a token, in their order, are those that {@link #write(ReportedToken,
 * JsonGenerator)} writes; the script has the same list. Databases are numbers, of which 0 is {@code
 * *}.
 */
final class PageData {
  /** The last one of the year 9999. */
  private static final long LAST_SECOND = 253_402_300_799L;

  private final AccessReport report;
  private final Map<String, Integer> databases = new HashMap<>();
  private final Map<String, Integer> owners = new LinkedHashMap<>();
  private final Map<Given, Integer> journals = new LinkedHashMap<>();
  private final Map<Permissions, Integer> sets = new LinkedHashMap<>();

  /** A journal of a cluster; those of other clusters may have the same name. */
  private record Given(Optional<ClusterName> cluster, String journal) {}

  private PageData(AccessReport report) {
    this.report = report;
    databases.put(Permission.ALL_DATABASES, 0);
    report.databases().keySet().forEach(name -> number(name, databases));
    for (ClusterAccess cluster : report.clusters()) {
      cluster
          .gifts()
          .forEach(gift -> number(new Given(cluster.origin().cluster(), gift.journal()), journals));
      cluster.rows().forEach(this::add);
    }
  }

  private void add(ReportedToken token) {
    set(token.permissions());
    set(token.beyondPolicy());
    // What only the policy, or a token that is gone, names is no database of the report yet.
    token.belowPolicy().forEach(permission -> number(permission.resource(), databases));
    set(token.belowPolicy());
    token.change().ifPresent(this::addSets);
    token.past().forEach(past -> set(past.permissions()));
    token.owner().ifPresent(owner -> number(Printable.line(owner), owners));
  }

  private void addSets(AccessChange change) {
    set(change.gained());
    set(change.lost());
    change.lost().forEach(permission -> number(permission.resource(), databases));
  }

  private int set(Permissions permissions) {
    return number(permissions, sets);
  }

  private static <T> int number(T value, Map<T, Integer> numbers) {
    Integer known = numbers.putIfAbsent(value, numbers.size());
    return known == null ? numbers.size() - 1 : known;
  }

  /** One JSON object that can stand between the tags of a script: it has no less-than sign. */
  static String of(AccessReport report) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
      out.setCharacterEscapes(new Escapes());
      new PageData(report).write(out);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return text.toString();
  }

  private void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeNumberField("now", report.imprint().madeAt().getEpochSecond());
    out.writeNumberField("soon", AccessReport.SOON.toSeconds());
    out.writeBooleanField("policy", report.hasPolicy());
    out.writeBooleanField("since", report.hasSince());
    out.writeBooleanField("history", report.hasPast());
    out.writeArrayFieldStart("reviews");
    for (String reviewer : report.imprint().reviews()) {
      out.writeString(Printable.line(reviewer));
    }
    out.writeEndArray();
    writeDatabases(out);
    out.writeArrayFieldStart("owners");
    for (String owner : owners.keySet()) {
      out.writeString(owner);
    }
    out.writeEndArray();
    out.writeArrayFieldStart("journals");
    for (ClusterAccess cluster : report.clusters()) {
      for (Gift gift : cluster.gifts()) {
        write(gift.journal(), gift.header(), out);
      }
    }
    out.writeEndArray();
    out.writeArrayFieldStart("sets");
    for (Permissions permissions : sets.keySet()) {
      write(permissions, out);
    }
    out.writeEndArray();
    out.writeArrayFieldStart("tokens");
    for (ClusterAccess cluster : report.clusters()) {
      for (ReportedToken token : cluster.rows()) {
        write(token, out);
      }
    }
    out.writeEndArray();
    if (report.fleet().isPresent()) {
      writeClusters(out);
    }
    out.writeEndObject();
  }

  /** Their names, and the numbers of those that are gone, new, or written so as to deceive. */
  private void writeDatabases(JsonGenerator out) throws IOException {
    List<String> names = new ArrayList<>(databases.keySet());
    names.sort((one, other) -> databases.get(one) - databases.get(other));
    BitSet live = new BitSet();
    BitSet fresh = new BitSet();
    BitSet odd = new BitSet();
    report
        .databases()
        .forEach(
            (name, same) -> {
              int number = databases.get(name);
              live.set(number, same.stream().anyMatch(DatabaseAccess::isLive));
              // One that another cluster had before is no new one.
              fresh.set(
                  number,
                  live.get(number)
                      && same.stream()
                          .filter(DatabaseAccess::isLive)
                          .allMatch(DatabaseAccess::isNew));
            });
    out.writeArrayFieldStart("databases");
    for (String name : names) {
      odd.set(databases.get(name), isOdd(name));
      out.writeString(Printable.line(name));
    }
    out.writeEndArray();
    BitSet gone = new BitSet();
    gone.set(1, names.size());
    gone.andNot(live);
    write("goneDatabases", gone, out);
    write("newDatabases", fresh, out);
    write("oddDatabases", odd, out);
  }

  /**
   * Of each cluster its name, its labels as selectors have them, the databases that it has, and how
   * many of the tokens, from the first one on, are its own.
   */
  private void writeClusters(JsonGenerator out) throws IOException {
    out.writeArrayFieldStart("clusters");
    for (ClusterAccess cluster : report.clusters()) {
      Place place = cluster.origin().place().orElseThrow();
      BitSet live = new BitSet();
      cluster.databases().stream()
          .filter(DatabaseAccess::isLive)
          .forEach(database -> live.set(databases.get(database.name())));
      out.writeStartArray();
      out.writeString(place.name().value());
      out.writeStartArray();
      for (Map.Entry<String, String> label : place.labels().entrySet()) {
        out.writeString(label.getKey() + "=" + label.getValue());
      }
      out.writeEndArray();
      PackedSet.write(live, out);
      out.writeNumber(cluster.rows().size());
      out.writeEndArray();
    }
    out.writeEndArray();
  }

  private static void write(String field, BitSet set, JsonGenerator out) throws IOException {
    out.writeFieldName(field);
    PackedSet.write(set, out);
  }

  /** What they can read and write, and the other actions, each with its database. */
  private void write(Permissions permissions, JsonGenerator out) throws IOException {
    BitSet read = new BitSet();
    BitSet write = new BitSet();
    List<Permission> others = new ArrayList<>();
    for (Permission permission : permissions) {
      if (permission.action().equals(Action.READ)) {
        read.set(databases.get(permission.resource()));
      } else if (permission.action().equals(Action.WRITE)) {
        write.set(databases.get(permission.resource()));
      } else {
        others.add(permission);
      }
    }
    out.writeStartArray();
    PackedSet.write(read, out);
    PackedSet.write(write, out);
    for (Permission permission : others) {
      out.writeString(Printable.line(permission.action().name()));
      out.writeNumber(databases.get(permission.resource()));
    }
    out.writeEndArray();
  }

  private void write(ReportedToken reported, JsonGenerator out) throws IOException {
    Optional<String> owner = reported.owner().map(Printable::line);
    Optional<String> name = reported.name();
    out.writeStartArray();
    out.writeString(reported.token().id().toString());
    out.writeString(AccessTexts.line(name));
    out.writeString(Printable.line(reported.text()));
    out.writeNumber(isOdd(reported.text()) || name.filter(PageData::isOdd).isPresent() ? 1 : 0);
    out.writeNumber(owner.map(owners::get).orElse(-1));
    out.writeString(AccessTexts.line(reported.place()));
    out.writeString(reported.standing().map(Standing::toString).orElse(""));
    out.writeString(reported.state());
    out.writeNumber(seconds(reported.label().flatMap(AccessTexts::until)));
    out.writeString(
        reported.label().isPresent() && reported.label().get() instanceof Label.Parked parked
            ? Printable.line(parked.reason())
            : "");
    out.writeNumber(seconds(reported.token().createdAt()));
    out.writeNumber(seconds(reported.token().expiresAt()));
    out.writeNumber(set(reported.permissions()));
    out.writeNumber(set(reported.beyondPolicy()));
    out.writeNumber(set(reported.belowPolicy()));
    if (reported.change().isPresent() || !reported.past().isEmpty()) {
      Optional<AccessChange> change = reported.change();
      out.writeString(change.map(known -> known.kind().toString()).orElse(""));
      out.writeNumber(change.map(AccessChange::gained).map(this::set).orElse(-1));
      out.writeNumber(change.map(AccessChange::lost).map(this::set).orElse(-1));
    }
    if (!reported.past().isEmpty()) {
      out.writeStartArray();
      for (Provenance past : reported.past()) {
        write(reported.cluster(), past, out);
      }
      out.writeEndArray();
    }
    out.writeEndArray();
  }

  /** The fields of a journal that gave something. */
  private static void write(String name, JournalHeader header, JsonGenerator out)
      throws IOException {
    Cause cause = header.cause();
    out.writeStartArray();
    out.writeString(Printable.line(name));
    out.writeNumber(seconds(Optional.of(header.startedAt())));
    out.writeString(Printable.line(header.who()));
    for (Optional<String> text :
        List.of(cause.reason(), cause.commit(), cause.change(), cause.run(), header.rollsBack())) {
      out.writeString(AccessTexts.line(text));
    }
    out.writeEndArray();
  }

  /** Since when a set of permissions is there, and what gave it; -1 where no journal says so. */
  private void write(Optional<ClusterName> cluster, Provenance past, JsonGenerator out)
      throws IOException {
    out.writeNumber(set(past.permissions()));
    out.writeNumber(seconds(Optional.of(past.since())));
    out.writeNumber(seconds(past.missingAt()));
    out.writeNumber(
        past.gift().map(gift -> journals.get(new Given(cluster, gift.journal()))).orElse(-1));
    out.writeString(past.gift().map(AccessTexts::deed).map(Printable::line).orElse(""));
  }

  /** Whether a text is not what it seems to be, and is shown with escapes for that. */
  private static boolean isOdd(String text) {
    return !Printable.line(text).equals(text);
  }

  /**
   * Seconds since 1970; 0 for never, or where it is not known. A label may say any year, and a
   * script's date ends before that.
   */
  private static long seconds(Optional<Instant> time) {
    return time.map(Instant::getEpochSecond)
        .map(seconds -> Math.max(-LAST_SECOND, Math.min(LAST_SECOND, seconds)))
        .orElse(0L);
  }

  /** In a script nothing may look like the beginning of a tag or of a comment. */
  private static final class Escapes extends CharacterEscapes {
    private static final long serialVersionUID = 1L;

    private static final int[] ASCII = standardAsciiEscapesForJSON();

    static {
      for (char c : "<>&#".toCharArray()) {
        ASCII[c] = ESCAPE_STANDARD;
      }
    }

    @Override
    public int[] getEscapeCodesForAscii() {
      return ASCII.clone();
    }

    @Override
    public SerializableString getEscapeSequence(int character) {
      return null;
    }
  }
}
