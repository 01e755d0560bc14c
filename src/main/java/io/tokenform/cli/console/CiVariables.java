package io.tokenform.cli.console;

import io.tokenform.apply.journal.Cause;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the variables of a CI say of the run that tokenform is a part of: GitHub Actions, GitLab,
 * Jenkins, CircleCI, Buildkite, Bitbucket and Azure Pipelines.
 */
final class CiVariables {
  private static final List<String> COMMITS =
      List.of(
          "GITHUB_SHA",
          "CI_COMMIT_SHA",
          "GIT_COMMIT",
          "CIRCLE_SHA1",
          "BUILDKITE_COMMIT",
          "BITBUCKET_COMMIT",
          "BUILD_SOURCEVERSION");

  private static final List<String> PULL_REQUESTS = List.of("CHANGE_URL", "CIRCLE_PULL_REQUEST");

  private static final List<String> RUNS =
      List.of("CI_JOB_URL", "BUILD_URL", "CIRCLE_BUILD_URL", "BUILDKITE_BUILD_URL");

  private static final int SHORTEST_COMMIT = 7;
  private static final int LONGEST_COMMIT = 64;
  private static final int LONGEST_ADDRESS = 300;

  private CiVariables() {}

  static Cause cause(Map<String, String> environment) {
    String github = address(environment, "GITHUB_SERVER_URL", "/", "GITHUB_REPOSITORY");
    String reference = environment.getOrDefault("GITHUB_REF", "");
    String number = reference.startsWith("refs/pull/") ? reference.split("/", -1)[2] : "";
    String gitlab = environment.getOrDefault("CI_PROJECT_URL", "");
    return new Cause(
        first(environment, COMMITS).filter(CiVariables::isCommit),
        address(github, "/pull/", number)
            .or(
                () ->
                    address(
                        gitlab,
                        "/-/merge_requests/",
                        environment.getOrDefault("CI_MERGE_REQUEST_IID", "")))
            .or(() -> first(environment, PULL_REQUESTS).filter(CiVariables::isAddress)),
        address(github, "/actions/runs/", environment.getOrDefault("GITHUB_RUN_ID", ""))
            .or(() -> first(environment, RUNS).filter(CiVariables::isAddress)),
        Optional.empty());
  }

  private static Optional<String> first(Map<String, String> environment, List<String> names) {
    return names.stream()
        .map(name -> environment.getOrDefault(name, "").strip())
        .filter(value -> !value.isEmpty())
        .findFirst();
  }

  private static String address(
      Map<String, String> environment, String start, String between, String end) {
    String one = environment.getOrDefault(start, "");
    String other = environment.getOrDefault(end, "");
    return one.isEmpty() || other.isEmpty() ? "" : one + between + other;
  }

  private static Optional<String> address(String start, String between, String end) {
    return start.isEmpty() || end.isEmpty()
        ? Optional.empty()
        : Optional.of(start + between + end).filter(CiVariables::isAddress);
  }

  private static boolean isCommit(String text) {
    return text.length() >= SHORTEST_COMMIT
        && text.length() <= LONGEST_COMMIT
        && text.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128);
  }

  /** Whether it is an address without a password in it. */
  private static boolean isAddress(String text) {
    return (text.startsWith("https://") || text.startsWith("http://"))
        && text.length() <= LONGEST_ADDRESS
        && text.chars().allMatch(c -> c > ' ' && c <= '~' && c != '@' && c != '?');
  }
}
