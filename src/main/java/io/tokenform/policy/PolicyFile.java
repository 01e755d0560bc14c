package io.tokenform.policy;

import io.tokenform.access.HostPattern;
import io.tokenform.access.Permission;
import io.tokenform.access.SinkName;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.finding.Located;
import io.tokenform.finding.Location;
import io.tokenform.finding.SourceText;
import io.tokenform.policy.database.DatabaseEntry;
import io.tokenform.policy.expect.Expectation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * What was read from one file of a policy, and what is wrong with it. Files are read on their own,
 * in any order and on any thread; {@link PolicyParser#merge} makes one policy of them.
 */
public final class PolicyFile {
  /** The largest file that is read, in bytes. */
  public static final int MAX_BYTES = 32 * 1024 * 1024;

  private final Location start;
  private final List<Located<String>> keys;
  private final Optional<Section<ClusterSection>> cluster;
  private final Optional<Section<Guardrails>> guardrails;
  private final Optional<Section<List<Expectation>>> expectations;
  private final Optional<Section<SortedMap<SinkName, SinkDefinition>>> sinks;
  private final Optional<Section<List<HostPattern>>> hosts;
  private final List<DatabaseEntry> databases;
  private final Map<String, Role> roles;
  private final List<Entry> tokens;
  private final List<Diagnostic> findings;
  private final boolean dependsOnCluster;

  PolicyFile(
      Location start,
      List<Located<String>> keys,
      Optional<Section<ClusterSection>> cluster,
      Optional<Section<Guardrails>> guardrails,
      Optional<Section<List<Expectation>>> expectations,
      Optional<Section<SortedMap<SinkName, SinkDefinition>>> sinks,
      Optional<Section<List<HostPattern>>> hosts,
      List<DatabaseEntry> databases,
      Map<String, Role> roles,
      List<Entry> tokens,
      List<Diagnostic> findings) {
    this.start = start;
    this.keys = List.copyOf(keys);
    this.cluster = cluster;
    this.guardrails = guardrails;
    this.expectations = expectations;
    this.sinks = sinks;
    this.hosts = hosts;
    this.databases = List.copyOf(databases);
    this.roles = roles;
    this.tokens = List.copyOf(tokens);
    this.findings = List.copyOf(findings);
    this.dependsOnCluster =
        tokens.stream()
                .flatMap(entry -> entry.token().stream())
                .anyMatch(token -> token.placement().isPresent())
            || doDependOnCluster(databases);
  }

  /**
   * A section of the file, told apart from an absent one even where it could not be read.
   *
   * @param key the place of its key
   */
  record Section<T>(Location key, Optional<T> value) {}

  /**
   * A token of the file.
   *
   * @param name its key
   * @param token the token without its roles, unless it could not be read
   * @param roles the names of its roles
   */
  record Entry(Located<String> name, Optional<DesiredToken> token, List<Located<String>> roles) {
    Entry {
      roles = List.copyOf(roles);
    }
  }

  private static boolean doDependOnCluster(List<DatabaseEntry> databases) {
    for (DatabaseEntry entry : databases) {
      if (entry.database().isPresent() && entry.database().get().placement().isPresent()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether one of its tokens or databases says on which clusters of a fleet it is, or which id it
   * has there.
   */
  public boolean dependsOnCluster() {
    return dependsOnCluster;
  }

  /** Reads a file's text. JSON is YAML, and so is accepted. */
  public static PolicyFile parse(SourceText source) {
    return new PolicyFileParser(source).parse();
  }

  /**
   * Reads a file's bytes.
   *
   * @param name what messages call the file, as the user wrote it
   * @param bytes all of it, or the first part of a file with more than {@link #MAX_BYTES} bytes
   */
  public static PolicyFile parse(String name, byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      return failed(
          name,
          Code.FILE_TOO_LARGE,
          "the file has more than " + MAX_BYTES / (1024 * 1024) + " MiB",
          "divide the policy into several files");
    }
    try {
      return parse(PolicySource.of(name, bytes));
    } catch (InvalidPolicyException e) {
      return failed(e.findings());
    }
  }

  /**
   * A file that cannot be read at all.
   *
   * @param reason why, as in {@code there is no such file}
   * @param hint what to do about it
   */
  public static PolicyFile unreadable(String name, String reason, String hint) {
    return refused(name, Code.UNREADABLE_FILE, reason, hint);
  }

  /**
   * A file that is not read.
   *
   * @param code the kind of finding
   * @param reason what is wrong with it, as one sentence without a full stop
   * @param hint what to do about it
   */
  public static PolicyFile refused(String name, Code code, String reason, String hint) {
    return failed(name, code, reason, hint);
  }

  private static PolicyFile failed(String name, Code code, String message, String hint) {
    Location start = new Location(new SourceText(name, ""), 1, 1, 1);
    return failed(List.of(Diagnostic.error(code, start, message).hint(hint)));
  }

  private static PolicyFile failed(List<Diagnostic> findings) {
    Location start = new Location(findings.get(0).where().source(), 1, 1, 1);
    return new PolicyFile(
        start,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Map.of(),
        List.of(),
        findings);
  }

  /** The sandbox's seed file that this file names, relative to its own folder. */
  public Optional<Located<String>> seed() {
    return cluster.flatMap(Section::value).flatMap(ClusterSection::seed);
  }

  /** The same file with one more thing that is wrong with it. */
  public PolicyFile with(Diagnostic finding) {
    List<Diagnostic> all = new ArrayList<>(findings);
    all.add(finding);
    return new PolicyFile(
        start,
        keys,
        cluster,
        guardrails,
        expectations,
        sinks,
        hosts,
        databases,
        roles,
        tokens,
        all);
  }

  /** The names of its tokens in the order of the text, whatever is wrong with them or the rest. */
  public List<String> tokenNames() {
    return tokens.stream().map(token -> token.name().value()).toList();
  }

  /**
   * The databases that it names: those of its databases section, and then those of permissions,
   * whatever is wrong with them or the rest.
   */
  public Set<String> databaseNames() {
    Set<String> names = new LinkedHashSet<>();
    databases.forEach(database -> names.add(database.name().value()));
    List<PermissionEntries> permissions = new ArrayList<>();
    roles.values().forEach(role -> permissions.add(role.permissions()));
    tokens.stream()
        .flatMap(entry -> entry.token().stream())
        .forEach(token -> token.ownPermissions().ifPresent(permissions::add));
    for (PermissionEntries entries : permissions) {
      for (Located<Permission> entry : entries.entries()) {
        if (!entry.value().coversAllDatabases()) {
          names.add(entry.value().resource());
        }
      }
    }
    return names;
  }

  /** The descriptions and the ids of those of its tokens that could be read. */
  public List<String> tokenMarks() {
    List<String> marks = new ArrayList<>();
    tokens.stream()
        .flatMap(entry -> entry.token().stream())
        .forEach(
            token -> {
              token.description().ifPresent(text -> marks.add(text.value()));
              token.id().ifPresent(id -> marks.add(id.value().toString()));
            });
    return marks;
  }

  /** The beginning of the file. */
  Location start() {
    return start;
  }

  /** The keys that a policy has and that stand here, whatever they hold, with their places. */
  List<Located<String>> keys() {
    return keys;
  }

  Optional<Section<ClusterSection>> cluster() {
    return cluster;
  }

  Optional<Section<Guardrails>> guardrails() {
    return guardrails;
  }

  Optional<Section<List<Expectation>>> expectations() {
    return expectations;
  }

  /** The sinks, which only a platform file may have. */
  Optional<Section<SortedMap<SinkName, SinkDefinition>>> sinks() {
    return sinks;
  }

  /** The hosts that a fleet file may name, which only a platform file may have. */
  Optional<Section<List<HostPattern>>> hosts() {
    return hosts;
  }

  /** The databases, in the order of the text; their names are unique. */
  List<DatabaseEntry> databases() {
    return databases;
  }

  /** The roles by their names, in the order of the text. */
  Map<String, Role> roles() {
    return roles;
  }

  /** The tokens, in the order of the text; their names are unique. */
  List<Entry> tokens() {
    return tokens;
  }

  List<Diagnostic> findings() {
    return findings;
  }
}
