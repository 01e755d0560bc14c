package io.tokenform.report.access;

import com.samskivert.mustache.Mustache;
import io.tokenform.live.Snapshot;
import io.tokenform.report.text.Counts;
import io.tokenform.report.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An access report as one page that needs nothing else: no network, no font, no other file. Its
 * Content-Security-Policy allows the one style and the one script in it, by their hashes, and
 * nothing else; so whatever a description holds can only be shown. The template escapes all that is
 * not our own, and the script writes texts only.
 *
 * <p>Readers without scripts get the numbers, and who can write and read each database.
 */
public final class AccessHtml implements AccessFormat {
  /** So many tokens are named for a database where there is no script. */
  private static final int MOST_NAMES = 12;

  /** So many files of a policy are named. */
  private static final int MOST_FILES = 4;

  /** So many databases are shown where there is no script. */
  private static final int MOST_DATABASES = 200;

  @Override
  public String render(AccessReport report) {
    String style = resource("page.css");
    String script = resource("page.js");
    Map<String, Object> page = new HashMap<>();
    page.put("style", style);
    page.put("script", script);
    page.put("styleHash", hash(style));
    page.put("scriptHash", hash(script));
    page.put("data", PageData.of(report));
    Origin origin = report.origin();
    Snapshot live = origin.live();
    page.put("title", Printable.line(origin.heading()));
    page.put("cluster", AccessTexts.cluster(live.live().cluster()));
    page.put("asOf", live.takenAt().toString());
    page.put("source", origin.isSavedSnapshot() ? "a snapshot" : "the cluster itself");
    page.put("digest", live.digest());
    page.put("madeAt", origin.madeAt().toString());
    page.put("version", Printable.line(origin.toolVersion()));
    page.put("policy", report.hasPolicy() ? List.of(files(origin.policyFiles())) : List.of());
    page.put(
        "since",
        origin.since().stream()
            .map(since -> Map.of("asOf", since.takenAt().toString(), "digest", since.digest()))
            .toList());
    page.put("past", origin.past().stream().map(AccessHtml::past).toList());
    page.put("numbers", numbers(report));
    page.put("changes", origin.since().isPresent() ? changes(report) : List.of());
    page.put("remarks", remarks(report));
    page.put("databases", databases(report));
    page.put(
        "more",
        report.databases().size() > MOST_DATABASES
            ? List.of(Counts.number(report.databases().size() - MOST_DATABASES))
            : List.of());
    return Mustache.compiler().compile(resource("page.html")).execute(page);
  }

  /**
   * A number of the overview.
   *
   * @param filter what the page shows when somebody presses it, as its fragment
   * @param kind how it looks: {@code bad} for what an auditor looks at first, where it is not 0
   */
  private record Figure(String count, String label, String filter, String kind) {
    static Figure of(int count, String label, String filter) {
      return new Figure(Counts.number(count), label, filter, "");
    }

    static Figure finding(int count, String label, String filter) {
      return new Figure(Counts.number(count), label, filter, count > 0 ? "bad" : "");
    }
  }

  private static List<Figure> numbers(AccessReport report) {
    Glance glance = report.glance();
    List<Figure> numbers = new ArrayList<>();
    numbers.add(Figure.of(glance.tokens(), words(glance.tokens(), "active token"), ""));
    numbers.add(
        Figure.finding(
            glance.allWriters(),
            glance.allWriters() == 1 ? "writes all databases" : "write all databases",
            "access=write-all"));
    numbers.add(
        Figure.of(
            glance.expiring(),
            glance.expiring() == 1 ? "expires in 30 days" : "expire in 30 days",
            "only=expiring"));
    OptionalInt unmanaged = glance.unmanaged();
    if (unmanaged.isPresent()) {
      numbers.add(Figure.finding(unmanaged.getAsInt(), "not in the policy", "only=unmanaged"));
      int beyond = report.beyondPolicy();
      numbers.add(
          Figure.finding(
              beyond,
              beyond == 1
                  ? "may do more than its policy says"
                  : "may do more than their policy says",
              "only=beyond"));
    }
    numbers.add(
        Figure.finding(
            glance.dangling(),
            glance.dangling() == 1
                ? "names a database that is gone"
                : "name a database that is gone",
            "only=dangling"));
    if (report.origin().past().isPresent()) {
      int count = report.unexplained();
      numbers.add(
          Figure.finding(
              count,
              count == 1 ? "has what no known apply gave" : "have what no known apply gave",
              "only=unexplained"));
    }
    return numbers;
  }

  private static List<Figure> changes(AccessReport report) {
    List<Figure> numbers = new ArrayList<>();
    for (AccessChange.Kind kind : AccessChange.Kind.values()) {
      int count = report.changed(kind);
      if (kind != AccessChange.Kind.BOTH || count > 0) {
        String label = kind == AccessChange.Kind.BOTH ? "wider and narrower" : kind.toString();
        numbers.add(Figure.of(count, label, "change=" + kind));
      }
    }
    return numbers;
  }

  private static Map<String, String> past(Past past) {
    List<String> sources = new ArrayList<>();
    sources.add(Counts.of(past.history().snapshots(), "snapshot", "snapshots"));
    sources.add(Counts.of(past.history().applies(), "apply", "applies"));
    if (past.setAside() > 0) {
      sources.add(Counts.of(past.setAside(), "file set aside", "files set aside"));
    }
    return Map.of(
        "from", past.history().beginning().toString(), "sources", String.join(", ", sources));
  }

  private static String words(int count, String one) {
    return count == 1 ? one : one + "s";
  }

  /** What else there is to know, each a sentence. */
  private static List<String> remarks(AccessReport report) {
    Glance glance = report.glance();
    List<String> remarks = new ArrayList<>();
    remark(
        remarks,
        glance.unreadable(),
        "token cannot be read, is left out, and may do anything",
        "tokens cannot be read, are left out, and may do anything");
    remarks.add(Counts.of(glance.databases(), "database", "databases"));
    remark(remarks, glance.allReaders(), "token reads all databases", "tokens read all databases");
    remark(remarks, glance.neverExpire(), "token never expires", "tokens never expire");
    remark(remarks, glance.parked(), "token is parked", "tokens are parked");
    remark(remarks, glance.ending(), "token has a successor", "tokens have a successor");
    remark(remarks, glance.pending(), "token is being made", "tokens are being made");
    remark(
        remarks,
        glance.ambiguous().orElse(0),
        "token may be meant by the policy",
        "tokens may be meant by the policy");
    remark(
        remarks,
        report.belowPolicy(),
        "token may do less than the policy says",
        "tokens may do less than the policy says");
    remark(
        remarks,
        glance.leftOut(),
        "revoked or expired token is left out",
        "revoked or expired tokens are left out");
    return remarks;
  }

  private static void remark(List<String> remarks, int count, String one, String several) {
    if (count > 0) {
      remarks.add(Counts.of(count, one, several));
    }
  }

  /** A line of the table that stands where there is no script. */
  private record Row(String name, String note, String writers, String readers) {}

  private static List<Row> databases(AccessReport report) {
    List<Row> rows = new ArrayList<>();
    rows.add(
        new Row(
            "all databases (*)", "", names(report.all().writers()), names(report.all().readers())));
    report.databases().stream()
        .limit(MOST_DATABASES)
        .map(
            database ->
                new Row(
                    Printable.line(database.name()),
                    database.isLive() ? "" : "gone",
                    names(database.writers()),
                    names(database.readers())))
        .forEach(rows::add);
    return rows;
  }

  private static String files(List<String> names) {
    return names.size() > MOST_FILES
        ? Counts.of(names.size(), "file", "files")
        : Printable.line(String.join(", ", names));
  }

  private static String names(List<ReportedToken> tokens) {
    List<String> names = new ArrayList<>();
    tokens.stream().limit(MOST_NAMES).map(AccessHtml::name).forEach(names::add);
    if (tokens.size() > MOST_NAMES) {
      names.add(Counts.more(tokens.size() - MOST_NAMES));
    }
    return names.isEmpty() ? "nobody" : String.join(", ", names);
  }

  private static String name(ReportedToken token) {
    return Optional.of(token.name().orElse(token.text()))
        .filter(name -> !name.isBlank())
        .map(Printable::line)
        .orElse(token.token().id().toString());
  }

  private static String resource(String name) {
    try (InputStream in = AccessHtml.class.getResourceAsStream(name)) {
      // A browser takes both line breaks of a file for one, and the hash is about what it takes.
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("reading our own " + name, e);
    }
  }

  /** As a Content-Security-Policy names a text that it allows. */
  private static String hash(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
