package io.tokenform.planfile;

import io.tokenform.finding.SourceText;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The digests of the files of policies, each made once: many clusters of a fleet have the same
 * files. May be used on any thread.
 */
public final class SourceDigests {
  private final Map<List<SourceText>, String> known = new ConcurrentHashMap<>();

  /** The digest of a policy's files, with their names. */
  public String of(List<SourceText> sources) {
    return known.computeIfAbsent(sources, Digests::of);
  }
}
