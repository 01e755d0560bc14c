package io.tokenform.policy;

import io.tokenform.access.SinkName;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Findings;
import io.tokenform.finding.Located;
import io.tokenform.finding.Location;
import io.tokenform.yaml.DurationSpelling;
import io.tokenform.yaml.Fields;
import io.tokenform.yaml.Keys;
import io.tokenform.yaml.Values;
import io.tokenform.yaml.YamlNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads what the policy says of a token's birth, renewal and end. */
final class LifecycleParser {
  private static final String REVOKED = "revoked";

  /** A name that every sink can take: for a file, a path in a vault, a variable. */
  private static final Pattern DELIVERABLE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  private static final Keys ROTATE =
      new Keys(
          List.of("every", "notBefore", "overlap", "park", "settle"),
          Map.of("interval", "every", "after", "every", "grace", "overlap"),
          Map.of("expires", "it stands beside rotate, and not below it"));

  private final Findings findings;
  private final Values values;
  private final TimesParser times;

  // Made once: a method reference that holds an object calls into the JVM wherever it is met, and
  // all of these are met for each token.
  private final Function<YamlNode, Optional<Located<SinkName>>> readSink;
  private final Function<YamlNode, Optional<Located<Expiry>>> readExpiry;
  private final Function<YamlNode, Optional<Location>> readState;
  private final Function<YamlNode, Optional<Located<String>>> readReason;

  LifecycleParser(Findings findings) {
    this.findings = findings;
    this.values = new Values(findings);
    this.times = new TimesParser(findings);
    this.readSink = this::sink;
    this.readExpiry = node -> times.expiry(node, "expires");
    this.readState = this::revoked;
    this.readReason = this::reason;
  }

  /**
   * What the keys of a token say.
   *
   * @param name the token's key
   * @param mode what its permissions mean
   */
  Lifecycle parse(Located<String> name, Fields fields, Mode mode) {
    Optional<YamlNode> rotate = fields.value("rotate");
    Optional<ReadRotation> rotation =
        rotate.isPresent()
            ? rotation(rotate.get(), fields.keyOf("rotate").orElseThrow())
            : Optional.empty();
    Lifecycle lifecycle =
        new Lifecycle(
            fields.value("deliver").flatMap(readSink),
            fields.value("expires").flatMap(readExpiry),
            rotation.map(ReadRotation::rotation),
            fields.value("state").flatMap(readState),
            fields.value("reason").flatMap(readReason));
    if (lifecycle.revoked().isPresent()) {
      refuseLife(fields, lifecycle.revoked().get());
      return lifecycle;
    }
    checkReason(fields);
    checkDelivery(name, fields, mode);
    checkNeedsOfDelivery(fields);
    checkRotation(fields, rotation);
    if (rotation.isPresent() && rotation.get().isWhole() && lifecycle.expires().isPresent()) {
      checkTimes(rotation.get().rotation(), lifecycle.expires().get());
    }
    return lifecycle;
  }

  private Optional<Located<SinkName>> sink(YamlNode node) {
    if (!(node instanceof YamlNode.Scalar)) {
      findings.add(
          Values.wrongType(node, "deliver must be the name of a sink")
              .hint("write deliver: NAME; the platform file defines the sink of that name"));
      return Optional.empty();
    }
    return values
        .string(node, "a sink's name")
        .flatMap(
            text ->
                values
                    .name(text, "a sink")
                    .map(name -> new Located<>(new SinkName(name), text.where())));
  }

  /**
   * A rotation as far as it could be read.
   *
   * @param saysWhen whether it has a key that says when, even one that could not be read
   * @param isWhole whether all that bears on the expiry could be read
   */
  private record ReadRotation(Rotation rotation, boolean saysWhen, boolean isWhole) {}

  private Optional<ReadRotation> rotation(YamlNode node, Location key) {
    Optional<YamlNode.Mapping> mapping = values.mapping(node, "rotate", form(node));
    if (mapping.isEmpty()) {
      return Optional.empty();
    }
    Fields fields = Fields.of(mapping.get(), "rotate", ROTATE, findings);
    Optional<Duration> every =
        fields
            .value("every")
            .flatMap(value -> times.positiveDuration(value, "every"))
            .map(Located::value);
    Optional<Instant> notBefore =
        fields
            .value("notBefore")
            .flatMap(value -> times.instant(value, "notBefore"))
            .map(Located::value);
    Optional<Duration> overlap = duration(fields, "overlap");
    boolean isWhole =
        fields.mean("every") == every.isPresent()
            && fields.mean("notBefore") == notBefore.isPresent()
            && fields.mean("overlap") == overlap.isPresent();
    Rotation rotation =
        new Rotation(
            key,
            every,
            notBefore,
            overlap.orElse(Rotation.DEFAULT_OVERLAP),
            duration(fields, "park").orElse(Rotation.DEFAULT_PARK),
            duration(fields, "settle").orElse(Rotation.DEFAULT_SETTLE));
    boolean saysWhen = fields.mean("every") || fields.mean("notBefore");
    return Optional.of(new ReadRotation(rotation, saysWhen, isWhole));
  }

  private static String form(YamlNode node) {
    String example = "90d";
    if (node instanceof YamlNode.Scalar scalar) {
      example = DurationSpelling.of(scalar.text(), 'd').orElse(example);
    }
    return "rotate: {every: " + example + "}";
  }

  private Optional<Duration> duration(Fields fields, String key) {
    return fields.value(key).flatMap(value -> times.duration(value, key)).map(Located::value);
  }

  private Optional<Location> revoked(YamlNode node) {
    return values.state(
        node,
        REVOKED,
        "the only state is " + REVOKED + "; for a token that is to live, remove the key");
  }

  private Optional<Located<String>> reason(YamlNode node) {
    return values
        .words(node, "a reason")
        .flatMap(text -> PlainLine.check(text, "a reason", findings));
  }

  /** What is said of a token that is to live, where it is to end. */
  private void refuseLife(Fields fields, Location revoked) {
    Map<String, String> why =
        Map.of(
            "deliver", "makes a token, and this one is to be revoked",
            "expires", "is for a token that is made, and this one is to be revoked",
            "rotate", "makes a successor, and this token is to be revoked",
            "permissions", "give access, and a token that is revoked has none",
            "roles", "give access, and a token that is revoked has none",
            "mode", "is about permissions, and a token that is revoked has none");
    for (String key : List.of("roles", "permissions", "mode", "deliver", "expires", "rotate")) {
      fields
          .keyOf(key)
          .ifPresent(
              where ->
                  findings.add(
                      contradiction(
                              where,
                              key + " " + why.get(key),
                              "remove " + key + ", or remove state: " + REVOKED)
                          .alsoAt(revoked)));
    }
  }

  private void checkReason(Fields fields) {
    if (fields.mean("state")) {
      return;
    }
    Optional<Location> reason = fields.keyOf("reason");
    if (reason.isPresent()) {
      findings.add(
          contradiction(
              reason.get(),
              "reason says why a token is revoked, and this one is not to be",
              "add state: " + REVOKED + ", or write a comment instead"));
    }
  }

  /** The key that says that the token is there already, on this cluster or on some of a fleet. */
  private static Optional<Location> idOf(Fields fields) {
    Optional<Location> id = fields.keyOf("id");
    return id.isPresent() ? id : fields.keyOf("ids");
  }

  private void checkDelivery(Located<String> name, Fields fields, Mode mode) {
    Optional<Location> deliver = fields.keyOf("deliver");
    if (deliver.isEmpty()) {
      return;
    }
    Location where = deliver.get();
    if (!DELIVERABLE.matcher(name.value()).matches()) {
      findings.add(
          Diagnostic.error(
                  Code.BAD_NAME,
                  name.where(),
                  "the name \"" + name.value() + "\" cannot be that of a file in a sink")
              .alsoAt(where)
              .hint(
                  "a name with deliver has letters from A to Z, digits, \".\", \"_\" and \"-\", and"
                      + " begins with a letter or a digit"));
    }
    idOf(fields)
        .ifPresent(
            id ->
                findings.add(
                    contradiction(
                            where,
                            "deliver makes a token where there is none, and an id names one that is"
                                + " there",
                            "remove the id, so that the token is found by its description; or"
                                + " remove deliver")
                        .alsoAt(id)));
    if (mode == Mode.ADDITIVE) {
      findings.add(
          contradiction(
                  fields.keyOf("mode").orElse(where),
                  "a token that tokenform makes has the permissions of the policy and no others, so"
                      + " it cannot be additive",
                  "remove mode, or remove deliver")
              .alsoAt(where));
    }
    if (!fields.mean("permissions") && !fields.mean("roles")) {
      findings.add(
          contradiction(
              where,
              "deliver makes a token, and nothing here says what it may do",
              "add permissions or roles"));
    }
  }

  private void checkNeedsOfDelivery(Fields fields) {
    if (fields.mean("deliver")) {
      return;
    }
    boolean hasId = idOf(fields).isPresent();
    Optional<Location> expires = fields.keyOf("expires");
    if (expires.isPresent()) {
      findings.add(
          contradiction(
              expires.get(),
              "expires is for a token that tokenform makes, and without deliver it makes none",
              hasId
                  ? "remove expires; when a token expires is fixed when it is made"
                  : "add deliver: SINK, or remove expires"));
    }
    Optional<Location> rotate = fields.keyOf("rotate");
    // That a token with an id has no rotation is said elsewhere.
    if (!hasId && rotate.isPresent()) {
      findings.add(
          contradiction(
              rotate.get(),
              "rotate makes a successor, and without deliver its secret goes nowhere",
              "add deliver: SINK, or remove rotate"));
    }
  }

  private void checkRotation(Fields fields, Optional<ReadRotation> rotation) {
    Optional<Location> key = fields.keyOf("rotate");
    if (key.isEmpty()) {
      return;
    }
    Location where = key.get();
    idOf(fields)
        .ifPresent(
            id ->
                findings.add(
                    contradiction(
                            where,
                            "rotate gives a token a successor with another id, and this id names"
                                + " one token for good",
                            "remove the id, so that the token is found by its description; or"
                                + " remove rotate")
                        .alsoAt(id)));
    if (!fields.mean("expires") && rotation.filter(read -> !read.saysWhen()).isPresent()) {
      findings.add(
          Diagnostic.error(Code.MISSING_KEY, where, "rotate does not say when")
              .hint(
                  "add every: 90d or notBefore: INSTANT, or give the token the key expires; it is"
                      + " rotated before that"));
    }
  }

  /** Whether there is time enough for a rotation before the token expires. */
  private void checkTimes(Rotation rotation, Located<Expiry> expires) {
    expires
        .value()
        .conflictWith(rotation)
        .ifPresent(
            conflict ->
                findings.add(
                    Diagnostic.error(Code.EXPIRES_TOO_SOON, expires.where(), conflict.reason())
                        .alsoAt(rotation.where())
                        .hint(conflict.hint())));
  }

  private static Diagnostic contradiction(Location where, String message, String hint) {
    return Diagnostic.error(Code.CONTRADICTION, where, message).hint(hint);
  }
}
