package io.tokenform.cli.complete;

import java.util.List;

/** A converter that knows words which it reads, so that a shell can complete them. */
public interface Completable {
  /** Words, in the order to show them in; those that do not begin as typed are left out later. */
  List<String> words(Surroundings surroundings);
}
