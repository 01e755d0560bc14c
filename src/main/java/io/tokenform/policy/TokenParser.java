package io.tokenform.policy;

import io.tokenform.access.TokenId;
import java.util.List;
import java.util.Optional;

/** Reads what the policy says of one token. */
final class TokenParser {
  private static final List<String> KEYS = List.of("id", "description", "permissions", "mode");

  private final Findings findings;
  private final Values values;
  private final PermissionsParser permissions;

  TokenParser(Findings findings) {
    this.findings = findings;
    this.values = new Values(findings);
    this.permissions = new PermissionsParser(findings);
  }

  /** The token, or nothing where it could not be read; what is wrong is among the findings. */
  Optional<DesiredToken> parse(Located<String> key, YamlNode node) {
    Optional<TokenName> name = name(key);
    Optional<YamlNode.Mapping> mapping = values.mapping(node, "a token");
    if (mapping.isEmpty()) {
      return Optional.empty();
    }
    Fields fields = Fields.of(mapping.get(), "a token", KEYS, findings);
    Optional<Located<TokenId>> id = fields.value("id").flatMap(values::tokenId);
    Optional<Located<String>> description =
        fields.value("description").flatMap(value -> values.string(value, "a description"));
    Optional<PermissionEntries> entries = fields.value("permissions").flatMap(permissions::parse);
    Mode mode = fields.value("mode").flatMap(this::mode).orElse(Mode.AUTHORITATIVE);
    // A blank one would also be that of tokens that have none.
    boolean blank = description.isPresent() && description.get().value().isBlank();
    if (fields.keyOf("id").isEmpty() && (fields.keyOf("description").isEmpty() || blank)) {
      findings.add(
          Diagnostic.error(
                  Code.UNIDENTIFIED_TOKEN,
                  key.where(),
                  "the token \"" + key.value() + "\" has neither an id nor a description")
              .hint("add the id of the live token, or the description by which to find it"));
    }
    if (name.isEmpty() || (id.isEmpty() && (description.isEmpty() || blank))) {
      return Optional.empty();
    }
    return Optional.of(new DesiredToken(name.get(), key.where(), id, description, entries, mode));
  }

  private Optional<TokenName> name(Located<String> key) {
    try {
      return Optional.of(new TokenName(key.value()));
    } catch (IllegalArgumentException e) {
      findings.add(Diagnostic.error(Code.BAD_NAME, key.where(), e.getMessage()));
      return Optional.empty();
    }
  }

  private Optional<Mode> mode(YamlNode node) {
    return values
        .string(node, "a mode")
        .flatMap(
            word -> {
              Optional<Mode> mode = Mode.named(word.value());
              if (mode.isEmpty()) {
                findings.add(
                    Diagnostic.error(
                            Code.UNKNOWN_MODE,
                            word.where(),
                            "there is no mode \"" + word.value() + "\"")
                        .hint(
                            Nearest.hint(word.value(), Mode.words())
                                .orElse("the modes are " + String.join(" and ", Mode.words()))));
              }
              return mode;
            });
  }
}
