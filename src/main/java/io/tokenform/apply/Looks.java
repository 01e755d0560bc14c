package io.tokenform.apply;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.tokenform.cluster.ApiException;
import io.tokenform.cluster.ManagementApi;
import java.time.Clock;

/**
 * Lists the live tokens for several threads that make tokens at the same time: each gets a listing
 * that began after it asked, and one listing may serve many.
 */
final class Looks {
  private final ManagementApi api;
  private final Clock clock;

  @GuardedBy("this")
  private boolean running;

  @GuardedBy("this")
  private long begun;

  @GuardedBy("this")
  private long ended;

  @GuardedBy("this")
  private Listing latest;

  @GuardedBy("this")
  private ApiException failure;

  Looks(ManagementApi api, Clock clock) {
    this.api = api;
    this.clock = clock;
  }

  /**
   * A listing that began after this was called.
   *
   * @throws ApiException if the tokens cannot be listed; those who shared the listing get the same
   */
  Listing look() throws ApiException, InterruptedException {
    synchronized (this) {
      long wanted = begun + 1;
      while (ended < wanted) {
        if (!running) {
          running = true;
          begun++;
          break;
        }
        wait();
      }
      if (ended >= wanted) {
        return result();
      }
    }
    Listing listing = null;
    ApiException problem = null;
    try {
      listing = Listing.of(api.listTokens().tokens(), clock.instant());
      return listing;
    } catch (ApiException e) {
      problem = e;
      throw e;
    } finally {
      synchronized (this) {
        running = false;
        ended = begun;
        latest = listing;
        failure = problem;
        notifyAll();
      }
    }
  }

  @GuardedBy("this")
  private Listing result() throws ApiException {
    if (latest == null) {
      if (failure == null) {
        throw new IllegalStateException("the listing that was shared did not end");
      }
      throw failure;
    }
    return latest;
  }
}
