package io.tokenform.policy;

import io.tokenform.access.Flag;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.SinkName;
import io.tokenform.access.TokenId;
import io.tokenform.access.Uuids;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Findings;
import io.tokenform.finding.Guardrail;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.finding.Located;
import io.tokenform.finding.Location;
import io.tokenform.finding.Subject;
import io.tokenform.finding.Suggestions;
import io.tokenform.policy.database.DatabaseEntry;
import io.tokenform.policy.database.DatabaseMerge;
import io.tokenform.policy.database.DesiredDatabase;
import io.tokenform.policy.expect.Expectation;
import io.tokenform.policy.placement.Placement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Makes one policy of its files, and finds what is wrong between them. */
final class PolicyMerge {
  static final String RENAME = "give one of them another name, or remove it";

  /** How many roles a hint names. */
  private static final int MOST_ROLES = 20;

  private static final Set<String> KEYS_OF_PLATFORM =
      Set.of("version", "cluster", "guardrails", "expect", "sinks", "hosts");

  private final Optional<FleetMember> member;
  private final Findings findings = new Findings();
  private final Map<String, Role> roles = new TreeMap<>();
  private Map<String, Location> names = new HashMap<>();
  private Map<TokenId, Location> ids = new HashMap<>();
  private final Map<String, DesiredToken> foundByDescription = new HashMap<>();
  private final Set<String> usedRoles = new HashSet<>();
  private final List<Expectation> expectations = new ArrayList<>();
  private final ArrayList<DesiredToken> tokens = new ArrayList<>();
  private Suggestions roleNames;
  private String knownRoles = "";
  private Optional<PolicyFile.Section<ClusterSection>> cluster = Optional.empty();
  private Optional<PolicyFile.Section<Guardrails>> guardrails = Optional.empty();
  private boolean isFleetMissed;

  /**
   * @param member the cluster that the policy is for, where that is one of a fleet
   */
  PolicyMerge(Optional<FleetMember> member) {
    this.member = member;
  }

  /** What a platform file says. */
  static Platform platform(PolicyFile file) throws InvalidPolicyException {
    Findings findings = new Findings();
    findings.addAll(file.findings());
    file.keys().stream()
        .filter(key -> !KEYS_OF_PLATFORM.contains(key.value()))
        .forEach(key -> findings.add(misplaced(key.where())));
    boolean saysNothing =
        file.guardrails().isEmpty()
            && file.cluster().isEmpty()
            && file.expectations().isEmpty()
            && file.sinks().isEmpty()
            && file.hosts().isEmpty();
    if (saysNothing && !findings.haveErrors()) {
      findings.add(
          Diagnostic.error(
                  Code.MISSING_KEY,
                  file.start(),
                  "there is no cluster, guardrails, expect, sinks or hosts section here")
              .hint("add one, such as guardrails: {wildcard-write: deny}"));
    }
    Optional<ClusterSection> cluster = file.cluster().flatMap(PolicyFile.Section::value);
    cluster.flatMap(ClusterSection::seed).ifPresent(seed -> findings.add(seeded(seed.where())));
    Guardrails guardrails =
        file.guardrails().flatMap(PolicyFile.Section::value).orElse(Guardrails.NONE);
    guardrails.all().stream()
        .filter(setting -> setting.rule().isAboutOneToken())
        .flatMap(setting -> setting.except().stream())
        .filter(entry -> !Uuids.isUuid(entry.value()))
        .forEach(entry -> findings.add(exceptedByName(entry)));
    SortedMap<SinkName, SinkDefinition> sinks =
        file.sinks().flatMap(PolicyFile.Section::value).orElseGet(TreeMap::new);
    if (findings.haveErrors()) {
      throw new InvalidPolicyException(findings.sorted());
    }
    List<Expectation> expectations =
        file.expectations().flatMap(PolicyFile.Section::value).orElse(List.of());
    return new Platform(
        cluster,
        guardrails,
        expectations,
        sinks,
        file.hosts().flatMap(PolicyFile.Section::value).orElse(List.of()));
  }

  /** What only a platform file may have, in a policy. */
  static List<Diagnostic> misplacedInPolicy(PolicyFile file) {
    List<Diagnostic> found = new ArrayList<>();
    file.sinks()
        .map(
            section ->
                ofPlatform(
                    section.key(), "a policy names a sink in deliver, and cannot define one"))
        .ifPresent(found::add);
    file.hosts()
        .map(
            section ->
                ofPlatform(
                    section.key(), "a policy cannot say which hosts get the management token"))
        .ifPresent(found::add);
    return found;
  }

  private static Diagnostic ofPlatform(Location key, String message) {
    return Diagnostic.error(Code.MISPLACED_KEY, key, message)
        .hint("move the section to the platform file, which " + Flag.PLATFORM + " names");
  }

  private static Diagnostic seeded(Location where) {
    return Diagnostic.error(Code.MISPLACED_KEY, where, "a platform file cannot have a seed")
        .hint("remove it; the seed belongs in the policy");
  }

  private static Diagnostic exceptedByName(Located<String> entry) {
    return Diagnostic.error(
            Code.BAD_UUID,
            entry.where(),
            "\""
                + entry.value()
                + "\" is not a token's id, and the author of the policy chooses the names in it")
        .hint("in a platform file, except lists tokens by their ids");
  }

  private static Diagnostic misplaced(Location where) {
    return Diagnostic.error(
            Code.MISPLACED_KEY,
            where,
            "a platform file may have a cluster, a guardrails, an expect, a sinks and a hosts"
                + " section, and nothing else")
        .hint("move it to the policy");
  }

  Policy merge(List<PolicyFile> files) throws InvalidPolicyException {
    for (PolicyFile file : files) {
      findings.addAll(file.findings());
      findings.addAll(misplacedInPolicy(file));
      file.cluster().ifPresent(this::addCluster);
      file.guardrails().ifPresent(this::addGuardrails);
      file.expectations().flatMap(PolicyFile.Section::value).ifPresent(expectations::addAll);
      file.roles().values().forEach(this::addRole);
    }
    roleNames = new Suggestions(roles.keySet());
    reserve(files);
    // A role may stand in a later file than the token that names it.
    for (PolicyFile file : files) {
      file.tokens().forEach(this::addToken);
    }
    new FormerDescriptions(findings).check(tokens);
    List<DesiredDatabase> databases = databases(files);
    checkWriting(files);
    if (!findings.haveErrors()) {
      // Only now is it known what each role permits.
      tokens.forEach(this::refuseDeliveryWithoutAccess);
    }
    if (!findings.haveErrors() && member.isEmpty()) {
      warnOfUnusedRoles();
      guardrails
          .flatMap(PolicyFile.Section::value)
          .ifPresent(rules -> warnOfUnusedExceptions(rules, databases));
    }
    List<Diagnostic> found = findings.sorted();
    if (findings.haveErrors()) {
      throw new InvalidPolicyException(found);
    }
    tokens.sort((one, other) -> one.name().compareTo(other.name()));
    return new Policy(
        files.stream().map(file -> file.start().source()).toList(),
        member.map(FleetMember::cluster).or(() -> cluster.flatMap(PolicyFile.Section::value)),
        tokens,
        databases,
        List.copyOf(roles.values()),
        guardrails
            .flatMap(PolicyFile.Section::value)
            .map(Guardrails::withDefaults)
            .orElse(Guardrails.DEFAULTS),
        expectations,
        found,
        Set.of());
  }

  /** Most policies have none, and then the classes for them are not loaded. */
  private List<DesiredDatabase> databases(List<PolicyFile> files) {
    List<DatabaseEntry> entries = new ArrayList<>();
    for (PolicyFile file : files) {
      entries.addAll(file.databases());
    }
    if (entries.isEmpty()) {
      return List.of();
    }
    DatabaseMerge merge = new DatabaseMerge(findings, this::isHere);
    entries.forEach(merge::add);
    List<Located<Permission>> permissions = new ArrayList<>();
    for (DesiredToken token : tokens) {
      token.entries().forEach(own -> permissions.addAll(own.entries()));
    }
    merge.checkPermissions(permissions);
    return merge.databases();
  }

  /** Whether a database that says on which clusters it is, is on this one. */
  private boolean isHere(DesiredDatabase database) {
    Placement placement = database.placement().orElseThrow();
    if (member.isEmpty()) {
      missFleet(
          "the database \"" + database.name() + "\"",
          placement,
          Subject.ofDatabase(database.name().value()));
      return false;
    }
    findings.addAll(member.get().fleet().check(database));
    return placement.covers(member.get().place());
  }

  /** Makes room for all tokens at once: growing takes longer than all else that is done here. */
  private void reserve(List<PolicyFile> files) {
    int size = 0;
    for (PolicyFile file : files) {
      size += file.tokens().size();
    }
    names = new HashMap<>(2 * size);
    ids = new HashMap<>(2 * size);
    tokens.ensureCapacity(size);
  }

  private void checkWriting(List<PolicyFile> files) {
    WritingCheck check = new WritingCheck(findings);
    for (PolicyFile file : files) {
      for (DatabaseEntry entry : file.databases()) {
        check.database(entry.name());
      }
    }
    for (PolicyFile file : files) {
      for (Role role : file.roles().values()) {
        check.role(new Located<>(role.name(), role.where()));
        check.databases(role.permissions());
      }
      for (PolicyFile.Entry entry : file.tokens()) {
        check.token(entry.name());
        if (entry.token().isPresent()) {
          checkWriting(entry.token().get(), check);
        }
      }
    }
  }

  private static void checkWriting(DesiredToken token, WritingCheck check) {
    if (token.description().isPresent()) {
      check.description(token.description().get(), token.name());
    }
    for (Located<String> former : token.was()) {
      check.formerDescription(former, token.name());
    }
    if (token.owner().isPresent()) {
      check.owner(token.owner().get(), token.name());
    }
    if (token.lifecycle().reason().isPresent()) {
      check.reason(token.lifecycle().reason().get(), token.name());
    }
    if (token.lifecycle().deliver().isPresent()) {
      Located<SinkName> sink = token.lifecycle().deliver().get();
      check.sink(new Located<>(sink.value().value(), sink.where()));
    }
    if (token.ownPermissions().isPresent()) {
      check.databases(token.ownPermissions().get());
    }
  }

  private void addCluster(PolicyFile.Section<ClusterSection> section) {
    if (member.isPresent()) {
      findings.add(
          Diagnostic.error(
                  Code.DUPLICATE_CLUSTER,
                  section.key(),
                  "this is a second cluster section: in a fleet, the fleet file says which clusters"
                      + " a policy is for")
              .hint("remove it, and compare it with the cluster in the fleet file"));
      return;
    }
    if (cluster.isEmpty()) {
      cluster = Optional.of(section);
      return;
    }
    findings.add(
        Diagnostic.error(Code.DUPLICATE_CLUSTER, section.key(), "this is a second cluster section")
            .alsoAt(cluster.get().key())
            .hint("a policy is for one cluster; keep the section in one file"));
  }

  private void addGuardrails(PolicyFile.Section<Guardrails> section) {
    section.value().stream()
        .flatMap(value -> value.all().stream())
        .filter(setting -> setting.rule() == Guardrail.CUT_COMMENT)
        .filter(setting -> setting.level() != Guardrail.Level.DENY)
        .forEach(
            setting ->
                findings.add(
                    Diagnostic.error(
                            Code.MISPLACED_KEY,
                            setting.where().orElse(section.key()),
                            "a policy must not be able to decide that a comment may hide what it"
                                + " grants")
                        .hint(
                            "set cut-comment in the platform file, or allow it once with "
                                + Flag.ALLOW
                                + " cut-comment")));
    if (guardrails.isEmpty()) {
      guardrails = Optional.of(section);
      return;
    }
    findings.add(
        Diagnostic.error(
                Code.DUPLICATE_GUARDRAILS, section.key(), "this is a second guardrails section")
            .alsoAt(guardrails.get().key())
            .hint("keep the section in one file"));
  }

  private void addRole(Role role) {
    Role first = roles.putIfAbsent(role.name(), role);
    if (first != null) {
      findings.add(
          Diagnostic.error(
                  Code.DUPLICATE_ROLE,
                  role.where(),
                  "the role \"" + role.name() + "\" appears twice")
              .alsoAt(first.where())
              .hint(RENAME));
    }
  }

  private void addToken(PolicyFile.Entry entry) {
    Located<String> name = entry.name();
    Location first = names.putIfAbsent(name.value(), name.where());
    if (first != null) {
      findings.add(
          Diagnostic.error(
                  Code.DUPLICATE_TOKEN,
                  name.where(),
                  "the token \"" + name.value() + "\" appears twice")
              .alsoAt(first)
              .hint(RENAME));
    }
    List<Role> named = entry.roles().isEmpty() ? List.of() : new ArrayList<>();
    for (Located<String> role : entry.roles()) {
      role(role).ifPresent(named::add);
    }
    Optional<DesiredToken> here =
        entry.token().isPresent() ? here(entry.token().get()) : Optional.empty();
    if (here.isPresent()) {
      DesiredToken token = here.get();
      if (token.id().isPresent()) {
        refuseRepeatedId(token.id().get());
      }
      refuseSameLookup(token);
      tokens.add(token.withRoles(named));
    }
  }

  /** The token as this cluster has it, if the token is on it. */
  private Optional<DesiredToken> here(DesiredToken token) {
    if (token.placement().isEmpty()) {
      return Optional.of(token);
    }
    Placement placement = token.placement().get();
    if (member.isEmpty()) {
      missFleet("the token \"" + token.name() + "\"", placement, Subject.of(token.name()));
      return Optional.empty();
    }
    findings.addAll(member.get().fleet().check(token));
    if (!placement.covers(member.get().place())) {
      return Optional.empty();
    }
    Optional<DesiredToken> here = token.on(member.get().place().name());
    if (here.isEmpty() && !placement.ids().isEmpty()) {
      findings.add(
          Diagnostic.error(
                  Code.UNIDENTIFIED_TOKEN,
                  token.where(),
                  "the token \""
                      + token.name()
                      + "\" has no description, and ids lacks a cluster that it is on")
              .hint("add the id of every cluster that it is on, or a description to find it by"));
    }
    return here;
  }

  /** One finding is enough: a policy for a fleet may have many such tokens. */
  private void missFleet(String what, Placement placement, Subject subject) {
    if (!isFleetMissed) {
      isFleetMissed = true;
      findings.add(
          Diagnostic.error(
                  Code.NO_FLEET, placement.where(), what + " is for a fleet, and none is given")
              .about(subject)
              .hint(
                  "name the fleet file with "
                      + Flag.FLEET
                      + " FILE, instead of -f; a command without "
                      + Flag.FLEET
                      + " needs no policy"));
    }
  }

  private Optional<Role> role(Located<String> name) {
    usedRoles.add(name.value());
    Role role = roles.get(name.value());
    if (role == null) {
      findings.add(
          Diagnostic.error(
                  Code.UNKNOWN_ROLE, name.where(), "there is no role \"" + name.value() + "\"")
              .hint(roleNames.hint(name.value()).orElseGet(this::knownRoles)));
    }
    return Optional.ofNullable(role);
  }

  /** Which roles there are; many findings may say it, so the names are joined once. */
  private String knownRoles() {
    if (knownRoles.isEmpty()) {
      knownRoles =
          switch (roles.size()) {
            case 0 -> "define it in a roles section";
            case 1 -> "the only role is " + String.join("", roles.keySet());
            default -> "the roles are " + firstRoles();
          };
    }
    return knownRoles;
  }

  private String firstRoles() {
    String first = roles.keySet().stream().limit(MOST_ROLES).collect(Collectors.joining(", "));
    int more = roles.size() - MOST_ROLES;
    return more > 0 ? first + ", and " + more + " more" : first;
  }

  private void refuseRepeatedId(Located<TokenId> id) {
    Location first = ids.putIfAbsent(id.value(), id.where());
    if (first != null) {
      findings.add(
          Diagnostic.error(
                  Code.DUPLICATE_ID, id.where(), "the id " + id.value() + " is given to two tokens")
              .alsoAt(first)
              .hint("remove one of the two, or correct its id"));
    }
  }

  /** Two tokens without ids that are found by one description are one live token at the most. */
  private void refuseSameLookup(DesiredToken token) {
    if (token.id().isPresent()) {
      return;
    }
    Located<String> description = token.description().orElseThrow();
    DesiredToken first = foundByDescription.putIfAbsent(description.value(), token);
    if (first != null) {
      findings.add(
          Diagnostic.error(
                  Code.TOKEN_MATCHED_TWICE,
                  description.where(),
                  "\""
                      + token.name()
                      + "\" and \""
                      + first.name()
                      + "\" are found by the same description")
              .alsoAt(first.description().orElseThrow().where())
              .hint("give each its own id"));
    }
  }

  private void refuseDeliveryWithoutAccess(DesiredToken token) {
    if (token.permissions().filter(Permissions::isEmpty).isEmpty()) {
      return;
    }
    token
        .lifecycle()
        .deliver()
        .ifPresent(
            sink ->
                findings.add(
                    Diagnostic.error(
                            Code.CONTRADICTION,
                            sink.where(),
                            "deliver makes a token, and the permissions of \""
                                + token.name()
                                + "\" are empty")
                        .hint(
                            "give it permissions; \"tokenform token park\" takes all access from"
                                + " a live token at once")));
  }

  /**
   * What is live is not known here; {@link UnusedExceptions} knows which entries are about that.
   */
  private void warnOfUnusedExceptions(Guardrails rules, List<DesiredDatabase> databases) {
    List<String> known = tokens.stream().map(token -> token.name().value()).sorted().toList();
    List<String> names = new ArrayList<>();
    for (DesiredDatabase database : databases) {
      names.add(database.name().value());
    }
    findings.addAll(UnusedExceptions.ofNames(rules, known, names));
  }

  private void warnOfUnusedRoles() {
    for (Role role : roles.values()) {
      if (!usedRoles.contains(role.name())) {
        findings.add(
            Diagnostic.warning(
                    Code.UNUSED_ROLE, role.where(), "no token has the role \"" + role.name() + "\"")
                .hint("remove it, or name it in the roles of a token"));
      }
    }
  }
}
