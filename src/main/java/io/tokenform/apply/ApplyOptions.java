package io.tokenform.apply;

/**
 * How a plan is carried out.
 *
 * @param parallelism how many changes of a stage are made at a time, at least 1
 * @param recheck whether each token is read just before its change, which is not sent if the token
 *     has drifted
 */
public record ApplyOptions(int parallelism, boolean recheck) {
  public ApplyOptions {
    if (parallelism < 1) {
      throw new IllegalArgumentException("there is at least one change at a time");
    }
  }
}
