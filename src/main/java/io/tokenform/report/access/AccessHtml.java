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
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
    page.put("title", Printable.line(report.imprint().heading()));
    page.put("madeAt", report.imprint().madeAt().toString());
    page.put("version", Printable.line(report.imprint().toolVersion()));
    page.put("subject", subject(report));
    page.put("policy", report.hasPolicy() ? List.of(files(report.policyFiles())) : List.of());
    if (report.fleet().isPresent()) {
      page.put("one", List.of());
      page.put("fleet", List.of(FleetParts.of(report, report.fleet().get())));
    } else {
      Origin origin = report.clusters().get(0).origin();
      page.put("one", List.of(source(origin)));
      page.put("fleet", List.of());
    }
    page.put("past", past(report));
    page.put("since", FleetParts.moments(report.sinceMoments()));
    page.put("numbers", numbers(report));
    page.put("changes", report.hasSince() ? changes(report) : List.of());
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

  private static String subject(AccessReport report) {
    return report.fleet().isPresent()
        ? Counts.of(report.clusters().size(), "cluster", "clusters")
        : AccessTexts.cluster(report.clusters().get(0).origin().live().live().cluster());
  }

  /** Which cluster something of a report is of, and where that was read from. */
  static Map<String, Object> source(Origin origin) {
    Snapshot live = origin.live();
    return Map.of(
        "cluster",
        AccessTexts.cluster(live.live().cluster()),
        "asOf",
        live.takenAt().toString(),
        "source",
        AccessTexts.source(origin),
        "digest",
        live.digest(),
        "compared",
        origin.since().stream()
            .map(since -> Map.of("asOf", since.takenAt().toString(), "digest", since.digest()))
            .toList());
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
    if (report.hasPast()) {
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
        numbers.add(Figure.of(count, words(kind), "change=" + kind));
      }
    }
    return numbers;
  }

  /** What a kind of change is called on the page. */
  static String words(AccessChange.Kind kind) {
    return kind == AccessChange.Kind.BOTH ? "wider and narrower" : kind.toString();
  }

  private static List<Map<String, String>> past(AccessReport report) {
    List<Past> pasts =
        report.clusters().stream().flatMap(cluster -> cluster.origin().past().stream()).toList();
    if (pasts.isEmpty()) {
      return List.of();
    }
    List<String> sources = new ArrayList<>();
    int snapshots = pasts.stream().mapToInt(past -> past.history().snapshots()).sum();
    int applies = pasts.stream().mapToInt(past -> past.history().applies()).sum();
    // All clusters are told from the same folder.
    int setAside = pasts.get(0).setAside();
    sources.add(Counts.of(snapshots, "snapshot", "snapshots"));
    sources.add(Counts.of(applies, "apply", "applies"));
    if (setAside > 0) {
      sources.add(Counts.of(setAside, "file set aside", "files set aside"));
    }
    String from =
        pasts.stream()
            .map(past -> past.history().beginning())
            .min(Comparator.naturalOrder())
            .orElseThrow()
            .toString();
    return List.of(Map.of("from", from, "sources", String.join(", ", sources)));
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
    rows.add(row("all databases (*)", "", report.all()));
    report.databases().entrySet().stream()
        .limit(MOST_DATABASES)
        .map(
            same ->
                row(
                    Printable.line(same.getKey()),
                    same.getValue().stream().anyMatch(DatabaseAccess::isLive) ? "" : "gone",
                    same.getValue()))
        .forEach(rows::add);
    return rows;
  }

  private static Row row(String name, String note, List<DatabaseAccess> same) {
    return new Row(
        name,
        note,
        names(same.stream().flatMap(database -> database.writers().stream()).toList()),
        names(same.stream().flatMap(database -> database.readers().stream()).toList()));
  }

  private static String files(List<String> names) {
    return names.size() > MOST_FILES
        ? Counts.of(names.size(), "file", "files")
        : Printable.line(String.join(", ", names));
  }

  /** In a report over a fleet each name stands once, with its clusters. */
  private static String names(List<ReportedToken> tokens) {
    Map<String, List<String>> clusters = new LinkedHashMap<>();
    List<String> names = new ArrayList<>();
    for (ReportedToken token : tokens) {
      if (token.cluster().isEmpty()) {
        names.add(name(token));
      } else {
        clusters
            .computeIfAbsent(name(token), name -> new ArrayList<>())
            .add(token.cluster().get().value());
      }
    }
    clusters.forEach((name, all) -> names.add(name + " (" + some(all) + ")"));
    return names.isEmpty() ? "nobody" : some(names);
  }

  /** As many of some texts as a cell can have. */
  private static String some(List<String> texts) {
    List<String> some = new ArrayList<>();
    texts.stream().limit(MOST_NAMES).forEach(some::add);
    if (texts.size() > MOST_NAMES) {
      some.add(Counts.more(texts.size() - MOST_NAMES));
    }
    return String.join(", ", some);
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
