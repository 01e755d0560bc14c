package io.tokenform.fleet;

import java.util.List;

/**
 * One share of the clusters of a fleet, for several machines that work on it together. The shares
 * of a list are runs of it, in its order: put together by their numbers they are the list. Two
 * shares differ by one cluster at most, and one may be empty.
 *
 * @param index which share, from 0, as the completion index of a Kubernetes job counts
 * @param count how many there are
 */
public record Shard(int index, int count) {
  /** A fleet with more clusters than this would be more than one repository's. */
  public static final int MOST = 10_000;

  /** How one is written. */
  public static final String FORM = "write I/N, such as 0/4 to 3/4 for four machines";

  public Shard {
    if (count < 1 || count > MOST || index < 0 || index >= count) {
      throw new IllegalArgumentException("a share is one from 0/N to N-1/N, with N up to " + MOST);
    }
  }

  /**
   * Reads {@code I/N}.
   *
   * @throws IllegalArgumentException if it is no share
   */
  public static Shard parse(String text) {
    if (!text.matches("[0-9]{1,5}/[0-9]{1,5}")) {
      throw new IllegalArgumentException("\"" + text + "\" is not a share");
    }
    int slash = text.indexOf('/');
    return new Shard(
        Integer.parseInt(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
  }

  /** This share of a list, in its order. */
  public <T> List<T> of(List<T> all) {
    return all.subList(border(index, all.size()), border(index + 1, all.size()));
  }

  private int border(int share, int size) {
    return (int) ((long) share * size / count);
  }

  @Override
  public String toString() {
    return index + "/" + count;
  }
}
