package io.tokenform.policy;

import io.tokenform.access.Label;
import io.tokenform.access.LiveDescription;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Findings;
import io.tokenform.finding.Located;
import io.tokenform.finding.Location;
import io.tokenform.policy.placement.Placement;
import io.tokenform.policy.placement.PlacementParser;
import io.tokenform.yaml.Fields;
import io.tokenform.yaml.Keys;
import io.tokenform.yaml.Values;
import io.tokenform.yaml.YamlNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads what the policy says of one token. */
final class TokenParser {
  private static final String BELOW_PERMISSIONS = "indent it below a key permissions";
  private static final String BELOW_ROTATE = "indent it below a key rotate";

  /** What a token of a fleet may say besides. */
  private static final List<String> OF_FLEET = List.of("clusters", "ids");

  private static final List<String> USUAL =
      List.of(
          "id",
          "description",
          "was",
          "owner",
          "roles",
          "permissions",
          "mode",
          "deliver",
          "expires",
          "rotate",
          "state",
          "reason");

  private static final Keys KEYS =
      new Keys(
          Stream.concat(USUAL.stream(), OF_FLEET.stream()).toList(),
          USUAL,
          Map.of("sink", "deliver", "expiresAt", "expires", "status", "state"),
          Map.of(
              "read", BELOW_PERMISSIONS,
              "write", BELOW_PERMISSIONS,
              "every", BELOW_ROTATE,
              "notBefore", BELOW_ROTATE,
              "overlap", BELOW_ROTATE,
              "park", BELOW_ROTATE,
              "settle", BELOW_ROTATE,
              "name", "a token's name is its key in the tokens section"));

  private static final String IF_NO_PERMISSIONS =
      "indent read and write below it; or write {} to take all access away, or remove the key to"
          + " leave it alone";

  private final Findings findings;
  private final Values values;
  private final PermissionsParser permissions;
  private final LifecycleParser lifecycle;

  // Made once: a method reference that holds an object calls into the JVM wherever it is met, and
  // all of these are met for each token.
  private final Function<YamlNode, Optional<Located<TokenId>>> readId;
  private final Function<YamlNode, Optional<Located<String>>> readDescription;
  private final Function<YamlNode, List<Located<String>>> readWas;
  private final Function<YamlNode, Optional<Located<String>>> readOwner;
  private final Function<YamlNode, List<Located<String>>> readRoles;
  private final Function<YamlNode, Optional<PermissionEntries>> readPermissions;
  private final Function<YamlNode, Optional<Mode>> readMode;

  TokenParser(Findings findings) {
    this.findings = findings;
    this.values = new Values(findings);
    this.permissions = new PermissionsParser(findings);
    this.lifecycle = new LifecycleParser(findings);
    this.readId = values::tokenId;
    this.readDescription = node -> values.words(node, "a description");
    this.readWas = this::was;
    this.readOwner = this::owner;
    this.readRoles = this::roles;
    this.readPermissions = node -> permissions.parse(node, IF_NO_PERMISSIONS);
    this.readMode = this::mode;
  }

  /** The token as far as it could be read; what is wrong is among the findings. */
  PolicyFile.Entry parse(Located<String> key, YamlNode node) {
    Optional<String> name = values.name(key, "a token");
    Optional<YamlNode.Mapping> mapping =
        values.mapping(
            node,
            "a token",
            KEYS.known().contains(key.value())
                ? "the name of a token above, and indent this below it"
                : "{id: UUID, permissions: {read: [DATABASE]}}, or its description for the id");
    if (mapping.isEmpty()) {
      return new PolicyFile.Entry(key, Optional.empty(), List.of());
    }
    Fields fields = Fields.of(mapping.get(), "a token", KEYS, findings);
    Optional<Located<TokenId>> id = fields.value("id").flatMap(readId);
    Optional<Located<String>> description = fields.value("description").flatMap(readDescription);
    if (description.isPresent()) {
      refuseLabel(description.get(), "a description");
    }
    List<Located<String>> was = fields.value("was").map(readWas).orElse(List.of());
    refuseWasWithId(fields);
    Optional<Placement> placement = placement(fields);
    Optional<Located<String>> owner = fields.value("owner").flatMap(readOwner);
    List<Located<String>> roles = fields.value("roles").map(readRoles).orElse(List.of());
    Optional<PermissionEntries> entries = fields.value("permissions").flatMap(readPermissions);
    Mode mode = fields.value("mode").flatMap(readMode).orElse(Mode.AUTHORITATIVE);
    Lifecycle life = lifecycle.parse(key, fields, mode);
    if (description.isPresent()) {
      checkEdges(description.get(), fields.mean("deliver"));
    }
    // A blank one would also be that of tokens that have none.
    boolean blank = description.isPresent() && description.get().value().isBlank();
    boolean hasIds = fields.mean("ids");
    if (!fields.mean("id") && !hasIds && (!fields.mean("description") || blank)) {
      findings.add(
          Diagnostic.error(
                  Code.UNIDENTIFIED_TOKEN,
                  key.where(),
                  "the token \""
                      + key.value()
                      + (blank
                          ? "\" has no id, and its description is blank"
                          : "\" has neither an id nor a description"))
              .hint("add the id of the live token, or the description by which to find it"));
    }
    boolean unknown =
        name.isEmpty() || (id.isEmpty() && placement.isEmpty() && (description.isEmpty() || blank));
    return new PolicyFile.Entry(
        key,
        unknown
            ? Optional.empty()
            : Optional.of(
                new DesiredToken(
                    new TokenName(key.value()),
                    key.where(),
                    id,
                    description,
                    was,
                    owner,
                    entries,
                    List.of(),
                    mode,
                    life,
                    placement)),
        roles);
  }

  /** Most policies are for one cluster, and then these classes are not loaded. */
  private Optional<Placement> placement(Fields fields) {
    if (fields.keyOf("clusters").isEmpty() && fields.keyOf("ids").isEmpty()) {
      return Optional.empty();
    }
    Optional<Location> id = fields.keyOf("id");
    if (id.isPresent()) {
      fields
          .keyOf("ids")
          .ifPresent(
              where ->
                  findings.add(
                      Diagnostic.error(
                              Code.CONTRADICTION,
                              where,
                              "ids says which id a token has on which cluster, and this one has an"
                                  + " id for all of them")
                          .alsoAt(id.get())
                          .hint("move the id into ids, below the name of its cluster")));
    }
    return new PlacementParser(findings).parse(fields);
  }

  /**
   * Some clusters trim descriptions, and then never have the one that was asked for. A token that
   * tokenform made would then never be found, and each apply would make another one.
   */
  private void checkEdges(Located<String> description, boolean isMade) {
    String text = description.value();
    if (text.isBlank() || !Edges.areBlank(text)) {
      return;
    }
    String what = "the description \"" + text + "\" begins or ends with a blank";
    findings.add(
        isMade
            ? Diagnostic.error(
                    Code.BLANK_AT_EDGE,
                    description.where(),
                    what + ", and a token that tokenform makes is found by it")
                .hint(
                    "leave the blank out: on a cluster that does so, each apply would make one more"
                        + " token")
            : Diagnostic.warning(Code.BLANK_AT_EDGE, description.where(), what)
                .hint("leave the blank out; some clusters do"));
  }

  private void refuseLabel(Located<String> text, String what) {
    Optional<Label> label = LiveDescription.parse(text.value()).label();
    if (label.isPresent()) {
      findings.add(
          Diagnostic.error(
                  Code.RESERVED_ENDING,
                  text.where(),
                  what
                      + " must not end in a label of tokenform, as this one does: "
                      + label.get().word())
              .hint(
                  "leave the ending away; tokenform writes it itself, and finds the token without"
                      + " it"));
    }
  }

  private List<Located<String>> was(YamlNode node) {
    List<Located<String>> former = values.strings(node, "was", "a former description");
    for (Located<String> text : former) {
      refuseLabel(text, "a former description");
      if (text.value().isBlank()) {
        findings.add(
            Diagnostic.error(
                    Code.UNIDENTIFIED_TOKEN,
                    text.where(),
                    "a former description is blank, and finds nothing")
                .hint("remove it"));
      }
    }
    return former;
  }

  private void refuseWasWithId(Fields fields) {
    Optional<Location> id = fields.keyOf("id");
    Optional<Location> was = fields.keyOf("was");
    if (id.isPresent() && was.isPresent()) {
      findings.add(
          Diagnostic.error(
                  Code.CONTRADICTION,
                  was.get(),
                  "was finds a token under a former description, and this one is found by its id")
              .alsoAt(id.get())
              .hint("remove was, or remove the id"));
    }
  }

  private Optional<Located<String>> owner(YamlNode node) {
    return values
        .words(node, "an owner")
        .flatMap(text -> PlainLine.check(text, "an owner", findings));
  }

  private List<Located<String>> roles(YamlNode node) {
    String expected = "roles must be a list of names";
    if (node instanceof YamlNode.Sequence sequence) {
      if (sequence.items().isEmpty()) {
        findings.add(
            Diagnostic.error(Code.MISSING_VALUE, node.where(), expected + ", but this one is empty")
                .hint("remove the key; to take all access away, write permissions: {}"));
      }
      return sequence.items().stream()
          .flatMap(item -> values.words(item, "a role's name").stream())
          .toList();
    }
    if (Values.isNull(node)) {
      findings.add(Values.missingValue(node, expected));
      return List.of();
    }
    findings.add(Values.wrongType(node, expected).hint("write roles: " + Values.asList(node)));
    return List.of();
  }

  private Optional<Mode> mode(YamlNode node) {
    return values
        .word(node, "mode", Code.UNKNOWN_MODE, Mode.words())
        .flatMap(word -> Mode.named(word.value()));
  }
}
