package io.tokenform.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.apply.journal.Cause;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CiVariablesTest {
  private static final String COMMIT = "4f2a9c1d0b3e5a6c7d8e9f00112233445566aabb";

  @Test
  void withoutACiNothingIsKnown() {
    assertThat(CiVariables.cause(Map.of("HOME", "/home/anna"))).isEqualTo(Cause.NONE);
  }

  @Test
  void gitHubActionsSaysItInParts() {
    Cause cause =
        CiVariables.cause(
            Map.of(
                "GITHUB_SHA", COMMIT,
                "GITHUB_SERVER_URL", "https://github.com",
                "GITHUB_REPOSITORY", "o/r",
                "GITHUB_RUN_ID", "77",
                "GITHUB_REF", "refs/pull/12/merge"));
    assertThat(cause.commit()).contains(COMMIT);
    assertThat(cause.change()).contains("https://github.com/o/r/pull/12");
    assertThat(cause.run()).contains("https://github.com/o/r/actions/runs/77");
  }

  @Test
  void gitLabAndOthersSayItWhole() {
    Cause cause =
        CiVariables.cause(
            Map.of(
                "CI_COMMIT_SHA", COMMIT,
                "CI_PROJECT_URL", "https://gitlab.com/o/r",
                "CI_MERGE_REQUEST_IID", "12",
                "CI_JOB_URL", "https://gitlab.com/o/r/-/jobs/9"));
    assertThat(cause.commit()).contains(COMMIT);
    assertThat(cause.change()).contains("https://gitlab.com/o/r/-/merge_requests/12");
    assertThat(cause.run()).contains("https://gitlab.com/o/r/-/jobs/9");
    assertThat(CiVariables.cause(Map.of("BUILD_URL", "https://ci/job/1/")).run())
        .contains("https://ci/job/1/");
  }

  @Test
  void whatIsNoCommitAndNoAddressIsLeftOut() {
    assertThat(
            CiVariables.cause(
                Map.of(
                    "GITHUB_SHA", "main; rm -rf",
                    "GITHUB_REF", "refs/pull/",
                    "BUILD_URL", "https://user:password@ci/job/1")))
        .isEqualTo(Cause.NONE);
  }
}
