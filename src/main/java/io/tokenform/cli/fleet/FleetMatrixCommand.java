package io.tokenform.cli.fleet;

import io.tokenform.access.ExitCode;
import io.tokenform.cli.complete.Completable;
import io.tokenform.cli.complete.Surroundings;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.console.UsageException;
import io.tokenform.fleet.Fleet;
import io.tokenform.fleet.FleetCluster;
import io.tokenform.fleet.FleetMatrix;
import io.tokenform.fleet.Shard;
import io.tokenform.report.fleet.FleetMatrixJson;
import io.tokenform.report.fleet.FleetPipeline;
import io.tokenform.report.text.Counts;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Deals the work on a fleet out to many machines. */
@Command(
    name = "matrix",
    description = {
      "Print the jobs that plan or apply a fleet on many machines.",
      "For GitHub Actions the JSON of a matrix, on one line; for GitLab a child pipeline. There is a"
          + " job for each cluster, or for each share. What a job adds to its command line stands in"
          + " arguments. Reads the fleet file alone, and asks no cluster."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tokenform fleet matrix --fleet fleet.yaml",
      "  tokenform fleet matrix --shards 4",
      "  tokenform fleet matrix --wave 2",
      "  tokenform fleet matrix --shards 4 --format gitlab",
    })
final class FleetMatrixCommand implements Callable<Integer> {
  private static final String SHARDS = "--shards";
  private static final String WAVE = "--wave";

  private final Run run;

  @Mixin private FleetOption fleetOption = new FleetOption();

  @Option(
      names = SHARDS,
      paramLabel = "N",
      converter = CountConverter.class,
      description =
          "Deal the clusters out in N shares, a job for each; in fewer, if there are fewer clusters."
              + " A job for each cluster if not given.")
  private Integer shards;

  @Option(
      names = WAVE,
      paramLabel = "K",
      converter = CountConverter.class,
      description =
          "Only the clusters of this wave, counted from 1: one job after the other can apply waves.")
  private Integer wave;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "github",
      converter = SystemConverter.class,
      description =
          "github, the JSON of a matrix, or gitlab, the YAML of a child pipeline. ${DEFAULT-VALUE} if"
              + " not given.")
  private CiSystem system;

  FleetMatrixCommand(Run run) {
    this.run = run;
  }

  /** Whose jobs they are. */
  enum CiSystem {
    GITHUB("github"),
    GITLAB("gitlab");

    private final String word;

    CiSystem(String word) {
      this.word = word;
    }

    static List<String> words() {
      return Arrays.stream(values()).map(one -> one.word).toList();
    }

    static Optional<CiSystem> named(String word) {
      return Arrays.stream(values()).filter(one -> one.word.equals(word)).findFirst();
    }

    @Override
    public String toString() {
      return word;
    }
  }

  @Override
  public Integer call() throws Exception {
    FleetOption.Choice choice = fleetOption.choose(run.world());
    Fleet fleet = choice.fleet();
    List<FleetCluster> clusters = ofWave(fleet, choice.clusters());
    Optional<Integer> shares = Optional.ofNullable(shards);
    refuseTooMany(FleetMatrix.count(clusters, shares));
    switch (system) {
      case GITHUB ->
          run.console()
              .printJson(
                  FleetMatrixJson.render(
                      shares.isPresent()
                          ? FleetMatrix.ofShares(fleet, clusters, shares.get())
                          : FleetMatrix.ofClusters(fleet, clusters)));
      case GITLAB -> {
        if (clusters.isEmpty()) {
          throw new UsageException(
              WAVE + " " + wave + " has none of the clusters that --only means",
              "a pipeline has at least one job: leave one of the two options out");
        }
        run.console().print(FleetPipeline.render(fleet, clusters, shares));
      }
    }
    return ExitCode.OK;
  }

  private List<FleetCluster> ofWave(Fleet fleet, List<FleetCluster> clusters) {
    if (wave == null) {
      return clusters;
    }
    int last = fleet.waves().size();
    if (wave > last) {
      throw new UsageException(
          WAVE + " " + wave + ": the fleet has " + Counts.of(last, "wave", "waves"),
          last == 1 ? "its number is 1" : "their numbers are 1 to " + last);
    }
    return FleetMatrix.ofWave(fleet, clusters, wave);
  }

  private static void refuseTooMany(int jobs) {
    if (jobs > FleetMatrix.MOST) {
      throw new UsageException(
          "these are "
              + Counts.number(jobs)
              + " jobs, and a matrix has at most "
              + FleetMatrix.MOST,
          "deal the clusters out in shares, as with "
              + SHARDS
              + " 16; at most "
              + FleetMatrix.MOST);
    }
  }

  /** Reads a number of shares, or that of a wave. */
  static final class CountConverter implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      if (text.matches("[0-9]{1,5}")) {
        int number = Integer.parseInt(text);
        if (number >= 1 && number <= Shard.MOST) {
          return number;
        }
      }
      throw new TypeConversionException(
          "\"" + text + "\" is not a whole number from 1 to " + Shard.MOST);
    }
  }

  /** Reads the name of a system. */
  static final class SystemConverter implements ITypeConverter<CiSystem>, Completable {
    @Override
    public CiSystem convert(String word) {
      return CiSystem.named(word)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "there is no format \""
                          + word
                          + "\" here; the formats are "
                          + String.join(" and ", CiSystem.words())));
    }

    @Override
    public List<String> words(Surroundings surroundings) {
      return CiSystem.words();
    }
  }
}
