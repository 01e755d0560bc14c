package io.tokenform.live;

import io.tokenform.access.ClusterAddress;
import io.tokenform.access.Token;
import java.util.List;
import java.util.Objects;

/**
 * What a cluster reports.
 *
 * @param cluster which cluster
 * @param tokens its tokens, revoked and expired ones too, in any order
 * @param databases the names of its databases, in any order
 */
public record Live(ClusterAddress cluster, List<Token> tokens, List<String> databases) {
  public Live {
    Objects.requireNonNull(cluster, "cluster");
    tokens = List.copyOf(tokens);
    databases = List.copyOf(databases);
  }
}
