package io.tokenform.sink;

import io.tokenform.access.Masking;
import io.tokenform.policy.SinkDefinition;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The environment variables of a command: those of the run without its secrets, and the token. */
final class CommandEnvironment {
  /** Tokenform's own: those of the run are about the run, and a command gets those of a token. */
  private static final String OWN = "TOKENFORM_";

  private static final String TOKEN = OWN + "TOKEN_";

  private CommandEnvironment() {}

  static Map<String, String> of(SinkSurroundings surroundings, SinkTarget target) {
    Map<String, String> variables = new TreeMap<>();
    surroundings
        .environment()
        .forEach(
            (name, value) -> {
              if (!name.startsWith(OWN)
                  && !isSecret(name, surroundings.secretVariables())
                  && !holdsSecret(name, value, surroundings.masking())) {
                variables.put(name, value);
              }
            });
    variables.put(TOKEN + "NAME", target.name().value());
    variables.put(SinkDefinition.Command.CLUSTER_VARIABLE, target.cluster());
    // No variable can hold NUL, and a description of the cluster may.
    variables.put(TOKEN + "DESCRIPTION", target.description().replace('\0', '\uFFFD'));
    target.id().ifPresent(id -> variables.put(TOKEN + "ID", id.toString()));
    target.expiresAt().ifPresent(at -> variables.put(TOKEN + "EXPIRES_AT", at.toString()));
    return variables;
  }

  private static boolean isSecret(String name, Set<String> secrets) {
    return secrets.stream()
        .anyMatch(secret -> name.equals(secret) || name.startsWith(secret + "_"));
  }

  /**
   * Whether a variable holds a secret of the run, wherever it has it from. The password of a proxy
   * is one that the command needs too, and it is no token.
   */
  private static boolean holdsSecret(String name, String value, Masking masking) {
    return !name.toLowerCase(Locale.ROOT).endsWith("_proxy") && masking.knows(value);
  }
}
