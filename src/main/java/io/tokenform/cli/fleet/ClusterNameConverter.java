package io.tokenform.cli.fleet;

import io.tokenform.cli.complete.Completable;
import io.tokenform.cli.complete.Surroundings;
import io.tokenform.policy.placement.ClusterName;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a cluster; which there are, the fleet file says. */
public final class ClusterNameConverter implements ITypeConverter<ClusterName>, Completable {
  @Override
  public ClusterName convert(String text) {
    try {
      return new ClusterName(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("this is no cluster's name: " + e.getMessage());
    }
  }

  @Override
  public List<String> words(Surroundings surroundings) {
    return surroundings.clusterNames();
  }
}
