package io.tokenform.fleet;

import io.tokenform.access.Product;
import io.tokenform.cluster.settings.ConnectionSettings;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.finding.Located;
import io.tokenform.finding.Location;
import io.tokenform.finding.SourceText;
import io.tokenform.policy.ClusterParser;
import io.tokenform.policy.ClusterSection;
import io.tokenform.policy.DocumentParser;
import io.tokenform.policy.PolicySource;
import io.tokenform.policy.placement.ClusterName;
import io.tokenform.policy.placement.ClusterSelector;
import io.tokenform.policy.placement.Place;
import io.tokenform.policy.placement.Places;
import io.tokenform.policy.placement.SelectorParser;
import io.tokenform.yaml.Fields;
import io.tokenform.yaml.Keys;
import io.tokenform.yaml.Values;
import io.tokenform.yaml.YamlNode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads a fleet file, and says everything that is wrong with it. */
public final class FleetParser extends DocumentParser<FleetParser.Content> {
  private static final String OF_POLICY =
      "it belongs in a policy, which the files of a cluster make up";

  private static final Keys KEYS =
      new Keys(
          List.of("version", "clusters", "waves"),
          Map.of("order", "waves"),
          Map.of(
              "cluster", "a fleet file has clusters, by their names",
              "tokens", OF_POLICY,
              "roles", OF_POLICY,
              "guardrails", OF_POLICY,
              "expect", OF_POLICY));

  private static final Keys OF_CLUSTER =
      new Keys(
          Stream.concat(ClusterParser.KEYS.stream(), Stream.of("files", "labels")).toList(),
          synonyms(),
          Map.of(
              "name", "a cluster's name is its key in the clusters section",
              "wave", "waves stand below the key waves of the file",
              "tokens", OF_POLICY,
              "managementTokenVariable", "a variable has its name from the cluster's"));

  /** By custom, variables of such names have the path of a file, or a command. */
  private static final String OF_COMMAND = ClusterName.VARIABLE + "COMMAND";

  private static final String PATH_ENDING = "_FILE";

  private static final String RENAME = "give one of them another name, or remove it";

  private static final String FILES = "files must be a list";

  /**
   * What was read of a text.
   *
   * @param fleet absent where something is wrong
   * @param places the clusters whose names could be read, whatever is wrong with the rest
   * @param findings everything that is wrong
   */
  record Content(Optional<Fleet> fleet, List<Place> places, List<Diagnostic> findings) {}

  /** Where each wave of the file stands, with what it means. */
  private record WaveEntry(Location where, List<Located<ClusterSelector>> selectors) {}

  private final List<Place> places = new ArrayList<>();

  private FleetParser(SourceText source) {
    super(source);
  }

  private static Map<String, String> synonyms() {
    Map<String, String> synonyms = new HashMap<>(ClusterParser.SYNONYMS);
    synonyms.putAll(
        Map.of("file", "files", "paths", "files", "policy", "files", "label", "labels"));
    return synonyms;
  }

  /**
   * Reads a fleet file.
   *
   * @param name what messages call the file, as the user wrote it
   * @throws InvalidPolicyException with everything that is wrong with it
   */
  public static Fleet parse(String name, byte[] bytes) throws InvalidPolicyException {
    SourceText source;
    try {
      source = PolicySource.of(name, bytes);
    } catch (InvalidPolicyException e) {
      throw new InvalidPolicyException(e.findings().stream().map(FleetParser::ofFleet).toList());
    }
    return parse(source);
  }

  /**
   * Reads the text of a fleet file, however it begins.
   *
   * @throws InvalidPolicyException with everything that is wrong with it
   */
  public static Fleet parse(SourceText source) throws InvalidPolicyException {
    Content content = new FleetParser(source).parse();
    if (content.findings().stream().anyMatch(Diagnostic::isError)) {
      throw new InvalidPolicyException(content.findings());
    }
    return content.fleet().orElseThrow();
  }

  /** The clusters whose names can be read, in the order of the text, whatever else is wrong. */
  public static List<Place> places(String name, byte[] bytes) {
    try {
      return new FleetParser(PolicySource.of(name, bytes)).parse().places();
    } catch (InvalidPolicyException e) {
      return List.of();
    }
  }

  /** What is said of a text that no policy begins with, in the words of a fleet file. */
  private static Diagnostic ofFleet(Diagnostic finding) {
    if (finding.code() == Code.NOT_A_POLICY) {
      return Diagnostic.error(
              Code.NOT_A_POLICY,
              finding.where(),
              "this does not begin like a fleet file, so none of it is shown")
          .hint("begin it with version: 1");
    }
    return finding.code() == Code.MISSING_KEY ? empty(finding.where()) : finding;
  }

  private static Diagnostic empty(Location where) {
    return Diagnostic.error(Code.MISSING_KEY, where, "the fleet file is empty")
        .hint("start with version: 1 and clusters");
  }

  @Override
  protected FleetParser again(SourceText text) {
    return new FleetParser(text);
  }

  @Override
  protected String kind() {
    return "fleet file";
  }

  @Override
  protected Content nothing() {
    return new Content(Optional.empty(), places, List.of());
  }

  @Override
  protected Content explained(Content content) {
    return nothing();
  }

  @Override
  protected Content with(Content content, List<Diagnostic> found) {
    return new Content(content.fleet(), content.places(), found);
  }

  @Override
  protected Content read(Optional<YamlNode> root) {
    if (root.isEmpty()) {
      findings().add(empty(start()));
      return nothing();
    }
    Optional<YamlNode.Mapping> mapping =
        values().mapping(root.get(), "a fleet file", "version: 1 and clusters");
    if (mapping.isEmpty()) {
      return nothing();
    }
    Fields fields = Fields.of(mapping.get(), "a fleet file", KEYS, findings());
    checkVersion(fields, mapping.get());
    Optional<List<FleetCluster>> clusters = clusters(fields, mapping.get());
    Optional<List<WaveEntry>> waves = fields.value("waves").map(this::waves);
    if (findings().haveErrors() || clusters.isEmpty()) {
      return nothing();
    }
    List<FleetWave> dealt = dealt(clusters.get(), waves, fields.keyOf("waves"));
    return findings().haveErrors()
        ? nothing()
        : new Content(Optional.of(new Fleet(source(), clusters.get(), dealt)), places, List.of());
  }

  private Optional<List<FleetCluster>> clusters(Fields fields, YamlNode.Mapping root) {
    Optional<YamlNode> node = fields.value("clusters");
    String form = "NAME: {product: PRODUCT, files: [PATH]} for each cluster";
    if (node.isEmpty()) {
      if (!fields.mean("clusters")) {
        findings()
            .add(
                Diagnostic.error(Code.MISSING_KEY, root.where(), "the fleet file has no clusters")
                    .hint("add clusters: with " + form));
      }
      return Optional.empty();
    }
    Optional<YamlNode.Mapping> section = values().mapping(node.get(), "the clusters section", form);
    if (section.isEmpty()) {
      return Optional.empty();
    }
    if (section.get().entries().isEmpty()) {
      findings()
          .add(
              SelectorParser.empty(
                  section.get(),
                  "the clusters section must be a map of clusters",
                  "write " + form));
    }
    List<FleetCluster> clusters = new ArrayList<>();
    Map<String, Located<String>> variables = new LinkedHashMap<>();
    Map<ClusterIdentity, Located<String>> identities = new HashMap<>();
    Fields.byKey(section.get(), Code.DUPLICATE_CLUSTER, "the cluster", RENAME, findings())
        .forEach(
            (key, entry) -> {
              Located<String> located = new Located<>(key, entry.key().where());
              Optional<ClusterName> name = name(located);
              name.ifPresent(known -> refuseSameVariable(known, located, variables));
              Optional<FleetCluster> read = cluster(name, located, entry.value());
              read.ifPresent(
                  cluster -> {
                    refuseSameCluster(cluster, located, identities);
                    clusters.add(cluster);
                  });
            });
    return Optional.of(clusters);
  }

  private Optional<ClusterName> name(Located<String> key) {
    try {
      ClusterName name = new ClusterName(key.value());
      String variable = name.variable();
      if (variable.equals(OF_COMMAND) || variable.endsWith(PATH_ENDING)) {
        findings()
            .add(
                Diagnostic.error(
                        Code.BAD_NAME,
                        key.where(),
                        "a cluster cannot be called \""
                            + key.value()
                            + "\": other tools keep something else in its variable, "
                            + variable
                            + ", than a token")
                    .hint("choose another name, which does not end in \"file\""));
        return Optional.empty();
      }
      return Optional.of(name);
    } catch (IllegalArgumentException e) {
      findings()
          .add(
              Diagnostic.error(Code.BAD_NAME, key.where(), e.getMessage())
                  .hint("choose another; the cluster does not know it, so any will do"));
      return Optional.empty();
    }
  }

  /** Each could get the management token of the other. */
  private void refuseSameVariable(
      ClusterName name, Located<String> key, Map<String, Located<String>> variables) {
    Located<String> first = variables.putIfAbsent(name.variable(), key);
    if (first != null) {
      findings()
          .add(
              Diagnostic.error(
                      Code.DUPLICATE_CLUSTER,
                      key.where(),
                      "the names \""
                          + key.value()
                          + "\" and \""
                          + first.value()
                          + "\" make the same variable, "
                          + name.variable())
                  .alsoAt(first.where())
                  .hint("give one of them a name with other letters or digits"));
    }
  }

  /**
   * What tells clusters apart: of Cloud Dedicated its ids, for the account has one host; of
   * Clustered its URL. An embedded sandbox is one, for it has one state.
   */
  private record ClusterIdentity(Product product, List<Object> facts) {
    static ClusterIdentity of(ClusterSection cluster) {
      List<Object> facts =
          switch (cluster.product().value()) {
            case CLOUD_DEDICATED ->
                List.of(
                    cluster
                        .url()
                        .map(Located::value)
                        .orElse(ConnectionSettings.CLOUD_DEDICATED_URL),
                    cluster.accountId().map(Located::value),
                    cluster.clusterId().map(Located::value));
            case CLUSTERED -> List.of(cluster.url().map(Located::value));
            case SANDBOX -> List.of();
          };
      return new ClusterIdentity(cluster.product().value(), facts);
    }
  }

  private void refuseSameCluster(
      FleetCluster cluster, Located<String> key, Map<ClusterIdentity, Located<String>> identities) {
    boolean isWhole =
        switch (cluster.cluster().product().value()) {
          case CLOUD_DEDICATED ->
              cluster.cluster().accountId().isPresent()
                  && cluster.cluster().clusterId().isPresent();
          case CLUSTERED -> cluster.cluster().url().isPresent();
          case SANDBOX -> true;
        };
    if (!isWhole) {
      return;
    }
    Located<String> first = identities.putIfAbsent(ClusterIdentity.of(cluster.cluster()), key);
    if (first != null) {
      boolean isSandbox = cluster.cluster().product().value() == Product.SANDBOX;
      findings()
          .add(
              Diagnostic.error(
                      Code.DUPLICATE_CLUSTER,
                      key.where(),
                      "\""
                          + key.value()
                          + "\" and \""
                          + first.value()
                          + (isSandbox
                              ? "\" are both the embedded sandbox, of which there is one"
                              : "\" are the same cluster"))
                  .alsoAt(first.where())
                  .hint(
                      isSandbox
                          ? "start others with tokenform sandbox --listen, and name them as clustered"
                              + " with their URL"
                          : "remove one of them, or correct what it says of the cluster"));
    }
  }

  private Optional<FleetCluster> cluster(
      Optional<ClusterName> name, Located<String> key, YamlNode node) {
    Optional<YamlNode.Mapping> mapping =
        values().mapping(node, "a cluster", "{product: PRODUCT, files: [PATH]}");
    if (mapping.isEmpty()) {
      return Optional.empty();
    }
    Fields fields = Fields.of(mapping.get(), "a cluster", OF_CLUSTER, findings());
    Optional<ClusterSection> section =
        new ClusterParser(findings()).parse(fields, mapping.get().where(), "the cluster");
    List<Located<String>> files = files(fields, key);
    SortedMap<String, String> labels =
        fields
            .value("labels")
            .flatMap(value -> values().mapping(value, "labels", "labels: {LABEL: VALUE}"))
            .map(map -> new SelectorParser(findings()).labels(map, false))
            .orElseGet(TreeMap::new);
    name.ifPresent(known -> places.add(new Place(known, labels)));
    return name.isEmpty() || section.isEmpty() || files.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new FleetCluster(
                new Place(name.get(), labels),
                key.where(),
                section.get().called(name.get()),
                files));
  }

  private List<Located<String>> files(Fields fields, Located<String> key) {
    Optional<YamlNode> node = fields.value("files");
    if (node.isEmpty()) {
      if (!fields.mean("files")) {
        findings()
            .add(
                Diagnostic.error(
                        Code.MISSING_KEY,
                        key.where(),
                        "the cluster \"" + key.value() + "\" has no files")
                    .hint("add files: [PATH], with the files and folders that make up its policy"));
      }
      return List.of();
    }
    if (node.get() instanceof YamlNode.Sequence list && list.items().isEmpty()) {
      findings()
          .add(
              SelectorParser.empty(
                  list, FILES, "name the files and folders that make up the cluster's policy"));
    }
    List<Located<String>> files = new ArrayList<>();
    for (Located<String> path : values().strings(node.get(), "files", "a path")) {
      if (isInside(path)) {
        files.add(path);
      }
    }
    return files;
  }

  private boolean isInside(Located<String> path) {
    Optional<Diagnostic> wrong = Optional.empty();
    if (path.value().isBlank()) {
      wrong =
          Optional.of(
              Diagnostic.error(Code.MISSING_VALUE, path.where(), "this path is blank")
                  .hint("name a file or a folder, or remove it"));
    } else if (path.value().equals("-")) {
      wrong =
          Optional.of(
              Diagnostic.error(
                      Code.UNREADABLE_FILE,
                      path.where(),
                      "the files of a fleet are not read from standard input")
                  .hint("name a file or a folder"));
    } else if (leaves(path.value())) {
      wrong =
          Optional.of(
              Diagnostic.error(
                      Code.OUTSIDE_FOLDER,
                      path.where(),
                      "this path leads outside the fleet file's folder")
                  .hint("put the file below that folder, or the fleet file above it"));
    }
    wrong.ifPresent(findings()::add);
    return wrong.isEmpty();
  }

  private static boolean leaves(String text) {
    try {
      Path path = Path.of(text);
      // On Windows, "/x" is not absolute: it is x on the drive that is the current one.
      return path.getRoot() != null || path.normalize().startsWith("..");
    } catch (InvalidPathException e) {
      return true;
    }
  }

  private List<WaveEntry> waves(YamlNode node) {
    String expected = "waves must be a list";
    if (!(node instanceof YamlNode.Sequence list)) {
      findings()
          .add(
              Values.isNull(node)
                  ? Values.missingValue(node, expected)
                  : Values.wrongType(node, expected)
                      .hint("write waves: [{env: dev}, {env: prod}], the first wave first"));
      return List.of();
    }
    if (list.items().isEmpty()) {
      findings()
          .add(
              SelectorParser.empty(
                  list, expected, "remove the key; then all clusters are in one wave"));
    }
    SelectorParser parser = new SelectorParser(findings());
    List<WaveEntry> waves = new ArrayList<>();
    for (YamlNode item : list.items()) {
      waves.add(new WaveEntry(item.where(), parser.selectors(item, "a wave")));
    }
    return waves;
  }

  /** Each cluster in the first wave that means it. */
  private List<FleetWave> dealt(
      List<FleetCluster> clusters, Optional<List<WaveEntry>> waves, Optional<Location> key) {
    if (waves.isEmpty()) {
      return List.of(new FleetWave(1, clusters));
    }
    Places all = new Places(clusters.stream().map(FleetCluster::place).toList());
    List<FleetCluster> left = new ArrayList<>(clusters);
    List<FleetWave> dealt = new ArrayList<>();
    for (WaveEntry wave : waves.get()) {
      List<Diagnostic> wrong =
          wave.selectors().stream().flatMap(one -> all.unknown(one).stream()).toList();
      wrong.forEach(findings()::add);
      List<FleetCluster> meant =
          left.stream().filter(cluster -> means(wave, cluster.place())).toList();
      if (meant.isEmpty() && wrong.isEmpty()) {
        findings()
            .add(
                Diagnostic.error(
                        Code.UNKNOWN_CLUSTER,
                        wave.where(),
                        "all clusters of this wave are in earlier waves")
                    .hint(
                        "remove it, or move it up: a cluster is in the first wave that means it"));
      } else if (!meant.isEmpty()) {
        dealt.add(new FleetWave(dealt.size() + 1, meant));
        left.removeAll(meant);
      }
    }
    if (!findings().haveErrors()) {
      left.forEach(cluster -> findings().add(withoutWave(cluster, key)));
    }
    return dealt;
  }

  private static boolean means(WaveEntry wave, Place place) {
    return wave.selectors().stream().anyMatch(one -> one.value().selects(place));
  }

  private static Diagnostic withoutWave(FleetCluster cluster, Optional<Location> waves) {
    Diagnostic finding =
        Diagnostic.error(
                Code.NO_WAVE,
                cluster.where(),
                "the cluster \"" + cluster.name() + "\" is in no wave")
            .hint("add it to a wave; a last wave \"*\" has all that are left");
    return waves.map(finding::alsoAt).orElse(finding);
  }
}
