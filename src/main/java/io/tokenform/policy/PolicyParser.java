package io.tokenform.policy;

import io.tokenform.access.SecretShapes;
import io.tokenform.access.TokenId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;

/** Turns the text of a policy into a policy, or into everything that is wrong with it. */
public final class PolicyParser {
  /** The version of the language that this parser reads. */
  public static final int VERSION = 1;

  private static final List<String> KEYS = List.of("version", "cluster", "tokens");

  private final SourceText source;
  private final Findings findings = new Findings();
  private final Values values = new Values(findings);

  private PolicyParser(SourceText source) {
    this.source = source;
  }

  /**
   * Reads a policy, version {@value #VERSION}. JSON is YAML, and so is accepted.
   *
   * @throws InvalidPolicyException with all findings, if one of them is an error
   */
  public static Policy parse(SourceText source) throws InvalidPolicyException {
    return new PolicyParser(source).parse();
  }

  private Policy parse() throws InvalidPolicyException {
    refuseSecrets();
    Policy policy = new Policy(Optional.empty(), List.of());
    try {
      policy = policy(YamlReader.read(source));
    } catch (InvalidYamlException e) {
      findings.add(e.diagnostic());
    }
    if (findings.haveErrors()) {
      throw new InvalidPolicyException(findings.sorted());
    }
    return policy;
  }

  /** A secret in version control is lost already; comments count too. */
  private void refuseSecrets() {
    Matcher matcher = SecretShapes.matcher(source.content());
    while (matcher.find()) {
      findings.add(
          Diagnostic.error(
                  Code.SECRET_IN_POLICY,
                  source.locate(matcher.start(), matcher.end() - matcher.start()),
                  "this looks like a secret, and a policy holds none")
              .hint("remove it, revoke that token, and mind the history of the repository"));
    }
  }

  private Policy policy(Optional<YamlNode> root) {
    Location start = new Location(source, 1, 1, 1);
    if (root.isEmpty()) {
      findings.add(
          Diagnostic.error(Code.MISSING_KEY, start, "the policy is empty")
              .hint("start with version: " + VERSION + ", a cluster section and tokens"));
      return new Policy(Optional.empty(), List.of());
    }
    Optional<YamlNode.Mapping> mapping = values.mapping(root.get(), "a policy");
    if (mapping.isEmpty()) {
      return new Policy(Optional.empty(), List.of());
    }
    Fields fields = Fields.of(mapping.get(), "a policy", KEYS, findings);
    checkVersion(fields, mapping.get());
    Optional<ClusterSection> cluster =
        fields.value("cluster").flatMap(new ClusterParser(findings)::parse);
    return new Policy(cluster, tokens(fields));
  }

  private void checkVersion(Fields fields, YamlNode.Mapping root) {
    Optional<YamlNode> version = fields.value("version");
    if (version.isEmpty()) {
      findings.add(
          Diagnostic.error(Code.MISSING_KEY, root.where(), "the policy has no version")
              .hint("add version: " + VERSION));
      return;
    }
    String expected = "the version is a number";
    if (!(version.get() instanceof YamlNode.Scalar scalar) || !scalar.isNumber()) {
      findings.add(
          (Values.isNull(version.get())
                  ? Values.missingValue(version.get(), expected)
                  : Values.wrongType(version.get(), expected))
              .hint("write " + VERSION));
      return;
    }
    String text = scalar.text();
    if (!text.equals(Integer.toString(VERSION))) {
      findings.add(
          Diagnostic.error(
                  Code.UNSUPPORTED_VERSION,
                  version.get().where(),
                  "this is version " + text + " of the policy language")
              .hint("this tokenform reads version " + VERSION));
    }
  }

  private List<DesiredToken> tokens(Fields fields) {
    Optional<YamlNode.Mapping> section =
        fields.value("tokens").flatMap(node -> values.mapping(node, "the tokens section"));
    if (section.isEmpty()) {
      return List.of();
    }
    TokenParser parser = new TokenParser(findings);
    List<DesiredToken> tokens = new ArrayList<>();
    Fields.byKey(section.get(), findings)
        .forEach(
            (name, entry) ->
                parser
                    .parse(new Located<>(name, entry.key().where()), entry.value())
                    .ifPresent(tokens::add));
    refuseRepeatedIds(tokens);
    tokens.sort(Comparator.comparing(DesiredToken::name));
    return tokens;
  }

  private void refuseRepeatedIds(List<DesiredToken> tokens) {
    Map<TokenId, Location> seen = new HashMap<>();
    for (DesiredToken token : tokens) {
      token
          .id()
          .ifPresent(
              id -> {
                Location first = seen.putIfAbsent(id.value(), id.where());
                if (first != null) {
                  findings.add(
                      Diagnostic.error(
                              Code.DUPLICATE_ID,
                              id.where(),
                              "the id " + id.value() + " stands for two tokens")
                          .alsoAt(first));
                }
              });
    }
  }
}
