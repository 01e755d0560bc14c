package io.tokenform.fleet;

import io.tokenform.finding.Diagnostic;
import io.tokenform.policy.PolicyFile;
import java.util.List;

/**
 * The files of one cluster. A file that several clusters share is the same object for each.
 *
 * @param files those that could be found, in their order
 * @param problems what is wrong with the paths that name them
 */
public record ClusterFiles(List<PolicyFile> files, List<Diagnostic> problems) {
  public ClusterFiles {
    files = List.copyOf(files);
    problems = List.copyOf(problems);
  }
}
