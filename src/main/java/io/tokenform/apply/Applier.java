package io.tokenform.apply;

import io.tokenform.access.Address;
import io.tokenform.access.TokenListing;
import io.tokenform.access.UnreadableToken;
import io.tokenform.access.database.DatabaseListing;
import io.tokenform.apply.journal.ApplyResult;
import io.tokenform.apply.journal.Journal;
import io.tokenform.apply.journal.JournalException;
import io.tokenform.apply.journal.JournalHeader;
import io.tokenform.apply.journal.JournalLock;
import io.tokenform.apply.journal.JournalRoom;
import io.tokenform.apply.journal.Journals;
import io.tokenform.apply.journal.Outcome;
import io.tokenform.apply.journal.StaleJournalException;
import io.tokenform.apply.journal.Stop;
import io.tokenform.cluster.ApiException;
import io.tokenform.cluster.AttemptListener;
import io.tokenform.cluster.ManagementApi;
import io.tokenform.plan.Change;
import io.tokenform.plan.Plan;
import io.tokenform.plan.Wave;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Carries a plan out, and nothing else: wave by wave, several changes of a wave at a time, each in
 * the journal before it is sent and after its answer. An applier carries out one plan.
 */
public final class Applier {
  /** How long calls in flight are waited for after {@link #interrupt}. */
  public static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ManagementApi api;
  private final ApplyOptions options;
  private final Consumer<Outcome> listener;
  private final StopSignal stop;

  /** For changes of several steps, which end what they have begun. */
  private final ManagementApi finishing;

  private final Looks looks;

  /**
   * An applier for one cluster.
   *
   * @param api the cluster
   * @param listener hears each outcome as it comes, on different threads, but one after another
   */
  public Applier(ManagementApi api, ApplyOptions options, Consumer<Outcome> listener) {
    this.api = Objects.requireNonNull(api, "api");
    this.options = Objects.requireNonNull(options, "options");
    this.listener = Objects.requireNonNull(listener, "listener");
    this.stop = new StopSignal(api);
    this.finishing = api.finishing();
    this.looks = new Looks(finishing, options.clock());
  }

  /** Something besides the live tokens that a plan was made from, and that has to hold still. */
  @FunctionalInterface
  public interface Basis {
    /**
     * Looks again, while no other apply is under way.
     *
     * @throws StaleJournalException if it is not what it was
     */
    void check() throws StaleJournalException, JournalException;
  }

  /** The same as {@link #apply(Plan, Journals, JournalHeader, Basis)}, of live tokens alone. */
  public ApplyResult apply(Plan plan, Journals journals, JournalHeader header)
      throws ApiException, StalePlanException, JournalException, InterruptedException {
    try {
      return apply(plan, journals, header, () -> {});
    } catch (StaleJournalException e) {
      throw new IllegalStateException("there is no journal that could be stale", e);
    }
  }

  /**
   * Makes the plan's changes, wave by wave, and within a wave in the plan's order as far as they
   * are not made at the same time. A failed change does not stop the others of its wave; a wave in
   * which something was not applied stops the later ones. A refused management token, a journal
   * that is lost, and {@link #interrupt} stop at once: what is in flight is waited for.
   *
   * <p>The live tokens are listed and checked while no other apply of the same folder is under way,
   * and none begins before this one has ended: of two applies that planned on the same past, the
   * second finds the plan stale.
   *
   * @param header what the journal says first; it begins when the check has passed. There is a
   *     journal only if the plan has changes
   * @param basis what else the plan was made from
   * @throws StalePlanException if a change's {@code before} no longer holds; nothing was sent
   * @throws StaleJournalException if the basis no longer holds; nothing was sent
   * @throws ApiException if the live tokens cannot be listed; nothing was sent
   * @throws JournalException if the journal cannot be begun; nothing was sent
   * @throws InterruptedException if {@link #interrupt} was called before; nothing was sent
   * @throws IllegalArgumentException if the plan has errors or a guardrail denies it
   */
  public ApplyResult apply(Plan plan, Journals journals, JournalHeader header, Basis basis)
      throws ApiException,
          StalePlanException,
          StaleJournalException,
          JournalException,
          InterruptedException {
    if (plan.hasErrors() || plan.isDenied()) {
      throw new IllegalArgumentException("a plan with errors or denials is not applied");
    }
    if (!plan.hasChanges()) {
      return new ApplyResult(List.of(), Optional.empty(), Optional.empty());
    }
    try (JournalLock lock = journals.lock(options.lockWait(), stop::isSet)) {
      basis.check();
      check(plan);
      return send(plan, lock, header);
    }
  }

  private void check(Plan plan) throws ApiException, StalePlanException, InterruptedException {
    TokenListing listing = listing();
    Optional<UnreadableToken> unreadable = DriftCheck.unreadable(plan, listing.unreadable());
    List<Drift> drifts =
        DriftCheck.of(
            plan,
            Listing.of(DriftCheck.known(listing), databases(plan), options.clock().instant()));
    if (stop.isSet()) {
      throw new InterruptedException("before anything was sent");
    }
    if (unreadable.isPresent()) {
      throw new StalePlanException(unreadable.get());
    }
    if (!drifts.isEmpty()) {
      throw new StalePlanException(drifts, plan.changes().size());
    }
  }

  private ApplyResult send(Plan plan, JournalLock lock, JournalHeader header)
      throws JournalException {
    try (Journal journal = lock.begin(header, JournalRoom.of(plan))) {
      List<Outcome> outcomes = outcomes(plan, journal);
      try {
        journal.footer(result(outcomes, journal));
      } catch (JournalException e) {
        stop.because(new Stop.JournalLost(e));
      } catch (RuntimeException | Error e) {
        stop.because(new Stop.Defect(e));
      }
      return result(outcomes, journal);
    }
  }

  /**
   * Ends the apply soon: nothing new is started, what is in flight is waited for up to {@link
   * #PATIENCE}, and then given up. It may be called from any thread, at any time.
   */
  public void interrupt() {
    stop.because(new Stop.Interrupted());
    stop.giveUpAfter(PATIENCE);
  }

  private TokenListing listing() throws ApiException, InterruptedException {
    try {
      return api.listTokens();
    } catch (ApiException e) {
      if (stop.isSet()) {
        throw new InterruptedException("before anything was sent");
      }
      throw e;
    }
  }

  /** The databases, where the plan changes some. */
  private DatabaseListing databases(Plan plan) throws ApiException, InterruptedException {
    if (plan.databaseChanges().isEmpty()) {
      return DatabaseListing.of(List.of());
    }
    try {
      return api.listDatabases();
    } catch (ApiException e) {
      if (stop.isSet()) {
        throw new InterruptedException("before anything was sent");
      }
      throw e;
    }
  }

  private List<Outcome> outcomes(Plan plan, Journal journal) {
    Map<Address, Outcome> outcomes = new HashMap<>();
    Consumer<Outcome> collect =
        outcome -> {
          outcomes.put(outcome.change().address(), outcome);
          try {
            listener.accept(outcome);
          } catch (RuntimeException | Error e) {
            // A failing listener must not stop the others of the wave from being accounted for.
            stop.because(new Stop.Defect(e));
          }
        };
    ExecutorService workers = Executors.newCachedThreadPool(Applier::worker);
    try {
      boolean goesOn = true;
      for (Wave wave : plan.waves()) {
        List<Change> changes = plan.changesOf(wave);
        if (goesOn && !stop.isSet()) {
          goesOn =
              new WaveRun(changes, this::make, journal, stop, collect)
                  .run(workers, options.parallelism());
        } else {
          changes.forEach(change -> collect.accept(new Outcome.NotAttempted(change)));
        }
      }
    } finally {
      workers.shutdown();
    }
    List<Outcome> inOrder = new ArrayList<>();
    for (Change change : plan.changes()) {
      Outcome outcome = outcomes.get(change.address());
      inOrder.add(outcome == null ? unaccounted(change) : outcome);
    }
    return inOrder;
  }

  /** For a change whose result tokenform failed to record. */
  private static Outcome unaccounted(Change change) {
    return new Outcome.Unknown(
        change,
        "tokenform failed before it recorded the result of this change",
        OptionalInt.empty());
  }

  private Outcome make(
      Change change, AttemptListener attempts, Tools.StepLog steps, Tools.Slot slot) {
    return Makers.of(change)
        .make(
            new Tools(
                change.steps().size() > 1 ? finishing : api,
                options.recheck(),
                attempts,
                steps,
                looks,
                slot,
                stop,
                options.clock(),
                options.deliveries()));
  }

  private ApplyResult result(List<Outcome> outcomes, Journal journal) {
    return new ApplyResult(outcomes, stop.reason(), Optional.of(journal.file()));
  }

  private static Thread worker(Runnable work) {
    Thread thread = new Thread(work, "apply");
    thread.setDaemon(true);
    return thread;
  }
}
