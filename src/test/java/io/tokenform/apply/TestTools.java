package io.tokenform.apply;

import io.tokenform.cluster.AttemptListener;
import io.tokenform.cluster.ManagementApi;
import java.time.Clock;
import java.util.Optional;

/** Tools of a maker that is tested alone. */
final class TestTools {
  private TestTools() {}

  /** Those of a change that makes no token. */
  static Tools of(ManagementApi api, boolean recheck) {
    return new Tools(
        api,
        recheck,
        AttemptListener.NONE,
        step -> {},
        new Looks(api, Clock.systemUTC()),
        new Tools.Slot() {
          @Override
          public boolean leave() {
            return false;
          }

          @Override
          public void enter() {}
        },
        new StopSignal(api),
        Clock.systemUTC(),
        Optional.empty());
  }
}
