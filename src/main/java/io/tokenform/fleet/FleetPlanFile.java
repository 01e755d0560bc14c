package io.tokenform.fleet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenform.access.Checksum;
import io.tokenform.access.Flag;
import io.tokenform.access.Sha256;
import io.tokenform.planfile.FindingJson;
import io.tokenform.planfile.InvalidPlanException;
import io.tokenform.planfile.PlanFile;
import io.tokenform.planfile.SavedPlan;
import io.tokenform.policy.placement.ClusterName;
import io.tokenform.policy.placement.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The plans of a fleet in a folder: a file for each plan, and a manifest that knows them all. What
 * is read is exactly what was written, or is refused: the manifest ends in a checksum of all its
 * bytes, knows the digest of each file, and has to be what would be written for the plans that are
 * read. That proves nothing about who wrote it; the {@link FleetPlan#digest digest}, kept
 * elsewhere, does.
 *
 * <p>A folder without a manifest holds no plan of a fleet. So whoever writes one makes the manifest
 * of before void first, writes the plans, and the manifest last.
 */
public final class FleetPlanFile {
  /** The manifest's name in the folder. */
  public static final String MANIFEST = "fleet.json";

  /** What the names of the plans' files end in. */
  private static final String PLAN = ".plan.json";

  private static final Checksum CHECKSUM = new Checksum("\"checksum\" : \"");

  private static final String MAKE_ANEW =
      "make it again with plan " + Flag.FLEET + " FILE " + Flag.OUT + " FOLDER";

  /** Reads the files of a folder. */
  @FunctionalInterface
  public interface Folder {
    /**
     * What a file holds.
     *
     * @param file its name in the folder: {@link #MANIFEST}, or one that {@link #file} gives
     * @return nothing if there is no such file
     */
    Optional<byte[]> read(String file) throws IOException;
  }

  private FleetPlanFile() {}

  /** The name of the file of a cluster's plan; as a cluster's name is, it is no path. */
  public static String file(ClusterName cluster) {
    return cluster.value() + PLAN;
  }

  /** Whether a plan of a fleet may have a file of that name: the manifest, or a cluster's plan. */
  public static boolean isOwn(String file) {
    return file.equals(MANIFEST) || (file.endsWith(PLAN) && file.length() > PLAN.length());
  }

  /** The files of plans that a manifest names, whatever else is wrong with it. */
  public static List<String> named(byte[] manifest) {
    List<String> files = new ArrayList<>();
    try {
      for (JsonNode cluster : json(new String(manifest, StandardCharsets.UTF_8)).path("clusters")) {
        String name = cluster.path("name").asText();
        if (cluster.has("file") && ClusterName.isName(name)) {
          files.add(file(new ClusterName(name)));
        }
      }
    } catch (InvalidPlanException e) {
      return List.of();
    }
    return files;
  }

  /** What the files of a folder hold, by their names: the plans, and as the last the manifest. */
  public static Map<String, String> write(FleetPlan fleet) {
    return write(fleet, UnaryOperator.identity());
  }

  /**
   * The same.
   *
   * @param masking masks the manifest, which may quote servers, before its checksum is taken;
   *     whatever it would change in a plan, in a name or in a label must not be there
   */
  public static Map<String, String> write(FleetPlan fleet, UnaryOperator<String> masking) {
    Map<String, String> files = new LinkedHashMap<>();
    for (ClusterPlan cluster : fleet.clusters()) {
      cluster.plan().ifPresent(saved -> files.put(file(cluster.name()), PlanFile.write(saved)));
    }
    files.put(
        MANIFEST, CHECKSUM.sealed(masking.apply(FleetPlanJson.withoutChecksum(fleet, files))));
    return files;
  }

  /**
   * The manifest where there is nothing to plan, as for a share without clusters; that is no
   * failure.
   *
   * @param why for people
   */
  public static String nothing(String why) {
    return FleetPlanJson.nothing(why);
  }

  /**
   * The plans in a folder; nothing where there was {@link #nothing nothing} to plan.
   *
   * @throws InvalidPlanException if it has no manifest, or one of a newer form, or if anything is
   *     not as it was written; the message begins with the file's name
   */
  public static Optional<FleetPlan> read(Folder folder) throws IOException, InvalidPlanException {
    byte[] bytes =
        folder
            .read(MANIFEST)
            .orElseThrow(
                () ->
                    new InvalidPlanException(
                        "there is no " + MANIFEST + " in it, so it holds no plan of a fleet",
                        MAKE_ANEW));
    String text = new String(bytes, StandardCharsets.UTF_8);
    JsonNode root = root(text);
    if (root.has(FleetPlanJson.NOTHING)) {
      if (!nothing(root.get(FleetPlanJson.NOTHING).asText()).equals(text)) {
        throw invalid("it has been changed since it was written");
      }
      return Optional.empty();
    }
    if (!CHECKSUM.isIntact(text)) {
      throw invalid("it has been changed since it was written");
    }
    try {
      FleetPlan fleet = fleet(root, folder);
      if (!write(fleet).get(MANIFEST).equals(text)) {
        throw invalid("what it says is not what its plans would do");
      }
      return Optional.of(fleet);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new InvalidPlanException(
          MANIFEST + " is not exactly what tokenform writes for the plan of a fleet", MAKE_ANEW, e);
    }
  }

  /**
   * What the folder of a share holds: plans, or why there are none; neither if the share is empty.
   * Without a manifest it holds neither, too: its job did not come so far.
   *
   * @param name the folder's, for people
   * @throws InvalidPlanException as {@link #read} does
   */
  public static FleetMerge.Part readPart(String name, Folder folder)
      throws IOException, InvalidPlanException {
    Optional<byte[]> bytes = folder.read(MANIFEST);
    if (bytes.isEmpty()) {
      return new FleetMerge.Part(name, Optional.empty(), Optional.empty());
    }
    JsonNode error = json(new String(bytes.get(), StandardCharsets.UTF_8)).path("error");
    return error.isMissingNode()
        ? new FleetMerge.Part(name, read(folder), Optional.empty())
        : new FleetMerge.Part(name, Optional.empty(), Optional.of(error.path("message").asText()));
  }

  private static JsonNode json(String text) throws InvalidPlanException {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new InvalidPlanException(
          MANIFEST + " is not JSON, or was cut, so it is no plan of a fleet", MAKE_ANEW, e);
    }
  }

  private static JsonNode root(String text) throws InvalidPlanException {
    JsonNode root = json(text);
    JsonNode version = root.path("version");
    if (root.has("error")) {
      throw invalid(
          "it says why no plan could be made: " + root.path("error").path("message").asText());
    }
    if (!version.isIntegralNumber() || !root.has("clusters")) {
      throw invalid("it is no plan of a fleet");
    }
    if (!version.asText().equals(Integer.toString(FleetPlanJson.VERSION))) {
      throw new InvalidPlanException(
          MANIFEST + " cannot be read: it is a plan of a fleet of version " + version.asText(),
          "this tokenform reads version "
              + FleetPlanJson.VERSION
              + "; use the tokenform that made it, or make it again");
    }
    return root;
  }

  private static FleetPlan fleet(JsonNode root, Folder folder)
      throws IOException, InvalidPlanException {
    List<ClusterPlan> clusters = new ArrayList<>();
    Set<String> files = new HashSet<>();
    for (JsonNode node : root.path("clusters")) {
      ClusterName name = new ClusterName(node.path("name").asText());
      Place place = new Place(name, labels(node.path("labels")));
      if (node.has("file") && !files.add(node.path("file").asText())) {
        throw invalid("it names the file " + file(name) + " twice");
      }
      ClusterPlan.Outcome outcome =
          node.has("error") ? failed(node) : new ClusterPlan.Made(saved(node, name, folder));
      clusters.add(new ClusterPlan(place, node.path("wave").asInt(), outcome));
    }
    return new FleetPlan(
        root.path("toolVersion").asText(),
        Instant.parse(root.path("createdAt").asText()),
        Optional.ofNullable(root.get("share")).map(FleetPlanFile::share),
        clusters);
  }

  private static FleetShare share(JsonNode node) {
    return new FleetShare(Shard.parse(node.path("shard").asText()), node.path("waves").asInt());
  }

  private static SortedMap<String, String> labels(JsonNode node) {
    SortedMap<String, String> labels = new TreeMap<>();
    node.properties().forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
    return labels;
  }

  private static ClusterPlan.Failed failed(JsonNode node) {
    JsonNode error = node.path("error");
    return new ClusterPlan.Failed(
        error.path("message").asText(),
        Optional.ofNullable(error.get("hint")).map(JsonNode::asText),
        FindingJson.readAll(node));
  }

  private static SavedPlan saved(JsonNode node, ClusterName name, Folder folder)
      throws IOException, InvalidPlanException {
    String file = file(name);
    if (!node.path("file").asText().equals(file)) {
      throw invalid("the plan of " + name + " must be in " + file);
    }
    byte[] bytes =
        folder
            .read(file)
            .orElseThrow(
                () ->
                    new InvalidPlanException(
                        file + " is missing, and " + MANIFEST + " names it: the plan of " + name,
                        MAKE_ANEW));
    SavedPlan saved;
    try {
      saved = PlanFile.read(bytes);
    } catch (InvalidPlanException e) {
      throw new InvalidPlanException(
          file + " cannot be used: " + e.getMessage(), e.hint().orElse(MAKE_ANEW), e);
    }
    if (!Sha256.of(bytes).equals(node.path("fileDigest").asText())) {
      throw new InvalidPlanException(
          file + " is another plan than the one for which " + MANIFEST + " was written", MAKE_ANEW);
    }
    return saved;
  }

  private static InvalidPlanException invalid(String why) {
    return new InvalidPlanException(MANIFEST + " cannot be used: " + why, MAKE_ANEW);
  }
}
