package io.tokenform.policy;

import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.finding.SourceText;
import java.util.List;
import java.util.Optional;

/** Turns the text of a policy into a policy, or into everything that is wrong with it. */
public final class PolicyParser {
  /** The version of the language that this parser reads. */
  public static final int VERSION = 1;

  /** The comment that tells editors which schema a policy has; it begins a policy that is made. */
  public static final String MODELINE =
      "# yaml-language-server: $schema=https://raw.githubusercontent.com/tokenform/tokenform/main/schemas/policy.schema.json\n";

  private PolicyParser() {}

  /**
   * Reads a policy that is one file.
   *
   * @throws InvalidPolicyException with all findings, if one of them is an error
   */
  public static Policy parse(SourceText source) throws InvalidPolicyException {
    return merge(List.of(PolicyFile.parse(source)));
  }

  /**
   * Reads a platform file, which is laid out as a policy and holds less.
   *
   * @throws InvalidPolicyException if the file has errors, or holds anything else
   */
  public static Platform platform(PolicyFile file) throws InvalidPolicyException {
    return PolicyMerge.platform(file);
  }

  /**
   * Makes one policy of its files. Tokens and roles add up; which file a thing stands in makes no
   * difference to the policy.
   *
   * @param files the files in the order in which they were given: of two things that clash, the
   *     finding is about the later one
   * @throws InvalidPolicyException with the findings of all files and of all together, if one of
   *     them is an error
   */
  public static Policy merge(List<PolicyFile> files) throws InvalidPolicyException {
    return new PolicyMerge(Optional.empty()).merge(files);
  }

  /**
   * Makes the policy of one cluster of a fleet of the files that are for it. Tokens that are on
   * other clusters alone are not in it, and a token has the id that it has there. Roles and
   * exceptions that this cluster does not use are no warnings: another one may.
   *
   * @param files the files in the order in which they were given
   * @param member the cluster and its fleet
   * @throws InvalidPolicyException as {@link #merge(List)}; also if a file has a cluster section,
   *     or if a token names clusters that the fleet does not have. What is wrong with a file that
   *     several clusters share is the same finding for each
   */
  public static Policy merge(List<PolicyFile> files, FleetMember member)
      throws InvalidPolicyException {
    return new PolicyMerge(Optional.of(member)).merge(files);
  }
}
