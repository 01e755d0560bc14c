package io.tokenform.export;

import io.tokenform.access.ClusterAddress;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Product;
import io.tokenform.cluster.settings.ConnectionSettings;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.finding.SourceText;
import io.tokenform.policy.PolicyParser;
import io.tokenform.report.text.Excerpt;
import io.tokenform.report.text.Printable;
import io.tokenform.report.text.YamlText;
import io.tokenform.yaml.PolicyFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Live tokens as the text of a policy in the canonical layout. The same export always gives the
 * same text.
 *
 * @param cluster the cluster that the policy names; absent where a fleet file does
 * @param seed the sandbox's seed file, as the policy shall name it
 * @param databases the databases, where the policy shall have them
 */
public record ExportedPolicy(
    Optional<ClusterAddress> cluster,
    Optional<String> seed,
    Export export,
    Optional<ExportedDatabases> databases) {
  /** The file of several that says which cluster the policy is for. */
  private static final String CLUSTER_FILE = "cluster";

  private static final String ROLES_FILE = "roles";

  private static final String DATABASES_FILE = "databases";

  private static final String TOKENS = "tokens:\n";

  private static final String SUFFIX = ".yaml";

  /** Why a policy cannot hold a description. */
  private static final String WHY_NO_TEXT =
      "it has what looks like a secret, or half of a surrogate pair";

  public ExportedPolicy {
    Objects.requireNonNull(cluster, "cluster");
    Objects.requireNonNull(seed, "seed");
    Objects.requireNonNull(export, "export");
    Objects.requireNonNull(databases, "databases");
  }

  /** One that says nothing of databases. */
  public ExportedPolicy(Optional<ClusterAddress> cluster, Optional<String> seed, Export export) {
    this(cluster, seed, export, Optional.empty());
  }

  /** All of it in one file. */
  public String whole() {
    return file(
        "export",
        out -> {
          cluster.ifPresent(known -> addCluster(out, known));
          databases.ifPresent(known -> known.addTo(out));
          addRoles(out);
        },
        export.tokens(),
        this::addLeftOut);
  }

  /**
   * The same as several files, by their names: the cluster, the databases and the roles where there
   * are any, and the tokens of each group in a file that is called after it.
   */
  public Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(
        CLUSTER_FILE + SUFFIX,
        file(
            CLUSTER_FILE,
            out -> {
              cluster.ifPresent(known -> addCluster(out, known));
              addLeftOut(out);
            }));
    databases.ifPresent(
        known -> files.put(DATABASES_FILE + SUFFIX, file(DATABASES_FILE, known::addTo)));
    if (!export.roles().isEmpty()) {
      files.put(ROLES_FILE + SUFFIX, file(ROLES_FILE, this::addRoles));
    }
    Map<String, List<Export.Entry>> byFile = new LinkedHashMap<>();
    export
        .groups()
        .forEach(
            (group, tokens) ->
                byFile.computeIfAbsent(fileOf(group), key -> new ArrayList<>()).addAll(tokens));
    byFile.forEach(
        (name, tokens) -> files.put(name + SUFFIX, file(name, out -> {}, tokens, out -> {})));
    return files;
  }

  private static String fileOf(String group) {
    boolean isTaken =
        group.equals(CLUSTER_FILE) || group.equals(ROLES_FILE) || group.equals(DATABASES_FILE);
    return isTaken ? group + "-tokens" : group;
  }

  private static String file(String name, Consumer<StringBuilder> content) {
    StringBuilder out = beginning();
    content.accept(out);
    return formatted(name, out);
  }

  private static StringBuilder beginning() {
    return new StringBuilder(PolicyParser.MODELINE + "version: " + PolicyParser.VERSION + "\n");
  }

  /**
   * A file with a section of tokens. Each token is laid out on its own: all of them together would
   * be read five times, and nearly all have their layout from the start.
   *
   * @param before adds what stands before the tokens
   * @param behind adds what stands behind them
   */
  private static String file(
      String name,
      Consumer<StringBuilder> before,
      List<Export.Entry> tokens,
      Consumer<StringBuilder> behind) {
    StringBuilder first = beginning();
    before.accept(first);
    if (tokens.size() < 2) {
      addTokens(first, tokens);
      behind.accept(first);
      return formatted(name, first);
    }
    int last = tokens.size() - 1;
    addTokens(first, tokens.subList(0, 1));
    StringBuilder out = new StringBuilder(formatted(name, first));
    for (Export.Entry token : tokens.subList(1, last)) {
      StringBuilder section = new StringBuilder();
      addTokens(section, List.of(token));
      addEntries(out, isLaidOut(section) ? section.toString() : formatted(name, section));
    }
    StringBuilder end = new StringBuilder();
    addTokens(end, tokens.subList(last, tokens.size()));
    behind.accept(end);
    addEntries(out, formatted(name, end));
    return out.toString();
  }

  /** Adds what a section of tokens holds to one that is there already. */
  private static void addEntries(StringBuilder out, String section) {
    out.append('\n').append(section, TOKENS.length(), section.length());
  }

  /**
   * Whether what is written here has its layout for certain: it does unless it has escapes, single
   * quotes, comments, other characters than those of ASCII, or lines that are too wide.
   */
  private static boolean isLaidOut(CharSequence text) {
    int lineStart = 0;
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character == '\n') {
        lineStart = i + 1;
      } else if (character < ' '
          || character > '~'
          || character == '\\'
          || character == '\''
          || character == '#'
          || i - lineStart >= PolicyFormat.WIDTH) {
        return false;
      }
    }
    return true;
  }

  private static String formatted(String name, StringBuilder text) {
    try {
      return PolicyFormat.format(new SourceText(name, text.toString()));
    } catch (InvalidPolicyException e) {
      throw new IllegalStateException("the export is not YAML: " + e.findings(), e);
    }
  }

  private void addCluster(StringBuilder out, ClusterAddress known) {
    out.append("cluster:\n");
    add(out, "product", known.product().word());
    if (known.product() == Product.CLOUD_DEDICATED) {
      known.accountId().ifPresent(id -> add(out, "accountId", id.toString()));
      known.clusterId().ifPresent(id -> add(out, "clusterId", id.toString()));
    }
    boolean hasUrl =
        switch (known.product()) {
          case CLOUD_DEDICATED -> !known.url().equals(ConnectionSettings.CLOUD_DEDICATED_URL);
          case CLUSTERED -> true;
          case SANDBOX -> false;
        };
    if (hasUrl) {
      add(out, "url", known.url().toString());
    }
    seed.ifPresent(path -> add(out, "seed", YamlText.text(path)));
  }

  private static void add(StringBuilder out, String key, String value) {
    out.append("  ").append(key).append(": ").append(value).append('\n');
  }

  private void addRoles(StringBuilder out) {
    if (export.roles().isEmpty()) {
      return;
    }
    out.append("roles:\n");
    for (Export.SharedRole role : export.roles()) {
      out.append("  ").append(YamlText.name(role.name())).append(":\n");
      addActions(out, role.permissions(), "    ");
    }
  }

  private void addLeftOut(StringBuilder out) {
    if (export.leftOut().isEmpty()) {
      return;
    }
    out.append("# Left out, since a policy does not name tokens with labels:\n");
    for (Export.LeftOut token : export.leftOut()) {
      Excerpt excerpt = Excerpt.of(token.description(), Excerpt.DESCRIPTION);
      out.append("#   ")
          .append(token.id())
          .append(' ')
          .append(excerpt.withPlace(Printable.quoted(excerpt.text())))
          .append('\n');
    }
  }

  private static void addTokens(StringBuilder out, List<Export.Entry> tokens) {
    if (tokens.isEmpty()) {
      out.append("tokens: {}\n");
      return;
    }
    out.append(TOKENS);
    for (Export.Entry token : tokens) {
      out.append("  ").append(YamlText.name(token.name().value())).append(":\n");
      out.append("    id: ").append(token.id()).append('\n');
      if (token.description().isPresent()) {
        out.append("    description: ")
            .append(YamlText.text(token.description().get()))
            .append('\n');
      } else {
        out.append("    # The description is left out: ").append(WHY_NO_TEXT).append(".\n");
      }
      if (token.isAdditive()) {
        out.append("    # A policy cannot express ")
            .append(inexpressible(token))
            .append("; additive leaves it alone.\n");
        out.append("    mode: additive\n");
      }
      addPermissions(out, token);
    }
  }

  private static void addPermissions(StringBuilder out, Export.Entry token) {
    if (token.role().isPresent()) {
      out.append("    roles: [").append(YamlText.name(token.role().get())).append("]\n");
    } else if (!token.permissions().isEmpty()) {
      out.append("    permissions:\n");
      addActions(out, token.permissions(), "      ");
    } else if (!token.isAdditive()) {
      out.append("    permissions: {}\n");
    }
  }

  private static void addActions(StringBuilder out, Permissions permissions, String indent) {
    permissions.stream()
        .map(Permission::action)
        .distinct()
        .forEach(
            action ->
                out.append(indent)
                    .append(YamlText.name(action.name()))
                    .append(": [")
                    .append(
                        permissions.stream()
                            .filter(permission -> permission.action().equals(action))
                            .map(permission -> YamlText.name(permission.resource()))
                            .collect(Collectors.joining(", ")))
                    .append("]\n"));
  }

  /**
   * What of the live tokens and databases the policy does not say, a sentence for each of them and
   * each thing.
   */
  public List<String> omissions() {
    List<String> omissions = new ArrayList<>();
    databases.ifPresent(known -> omissions.addAll(known.leftOut()));
    export.tokens().stream()
        .filter(Export.Entry::isIncomplete)
        .flatMap(ExportedPolicy::omissions)
        .forEach(omissions::add);
    return omissions;
  }

  private static Stream<String> omissions(Export.Entry token) {
    String who = "of \"" + token.name() + "\" (" + token.id() + ")";
    List<String> omissions = new ArrayList<>();
    if (token.description().isEmpty()) {
      omissions.add("the description " + who + " is left out: " + WHY_NO_TEXT);
    }
    if (token.isAdditive()) {
      omissions.add(
          "a policy cannot express "
              + inexpressible(token)
              + " "
              + who
              + ", which is additive so that it keeps this");
    }
    return omissions.stream();
  }

  private static String inexpressible(Export.Entry token) {
    String all =
        token.inexpressible().stream()
            .map(
                permission ->
                    Printable.name(permission.action().name())
                        + " "
                        + Printable.name(permission.resource()))
            .collect(Collectors.joining(", "));
    Excerpt excerpt = Excerpt.of(all, Excerpt.DESCRIPTION);
    return excerpt.isWhole() ? all : excerpt.text() + "...";
  }
}
