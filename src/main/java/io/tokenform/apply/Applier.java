package io.tokenform.apply;

import io.tokenform.access.TokenId;
import io.tokenform.cluster.ApiException;
import io.tokenform.cluster.ManagementApi;
import io.tokenform.plan.Change;
import io.tokenform.plan.Plan;
import io.tokenform.plan.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Carries a plan out, and nothing else: stage by stage, several changes of a stage at a time, each
 * in the journal before it is sent and after its answer. An applier carries out one plan.
 */
public final class Applier {
  /** How long calls in flight are waited for after {@link #interrupt}. */
  public static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ManagementApi api;
  private final ApplyOptions options;
  private final Consumer<Outcome> listener;
  private final StopSignal stop;

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
  }

  /**
   * Makes the plan's changes, stage by stage, and within a stage in the plan's order as far as they
   * are not made at the same time. A failed change does not stop the others of its stage; a stage
   * in which something was not applied stops the later ones. A refused management token, a journal
   * that is lost, and {@link #interrupt} stop at once: what is in flight is waited for.
   *
   * @param header what the journal says first; there is a journal only if the plan has changes
   * @throws StalePlanException if a change's {@code before} no longer holds; nothing was sent
   * @throws ApiException if the live tokens cannot be listed; nothing was sent
   * @throws JournalException if the journal cannot be begun; nothing was sent
   * @throws IllegalArgumentException if the plan has errors or a guardrail denies it
   */
  public ApplyResult apply(Plan plan, Journals journals, JournalHeader header)
      throws ApiException, StalePlanException, JournalException {
    if (plan.hasErrors() || plan.isDenied()) {
      throw new IllegalArgumentException("a plan with errors or denials is not applied");
    }
    List<Drift> drifts = DriftCheck.of(plan, api.listTokens());
    if (!drifts.isEmpty()) {
      throw new StalePlanException(drifts);
    }
    if (!plan.hasChanges()) {
      return new ApplyResult(List.of(), Optional.empty(), Optional.empty());
    }
    try (Journal journal = journals.begin(header, JournalRoom.of(plan))) {
      List<Outcome> outcomes = outcomes(plan, journal);
      try {
        journal.footer(result(outcomes, journal));
      } catch (JournalException e) {
        stop.because(new Stop.JournalLost(e));
      }
      return result(outcomes, journal);
    }
  }

  /**
   * Ends the apply soon: nothing new is started, what is in flight is waited for up to {@link
   * #PATIENCE}, and then given up. It may be called from any thread, at any time.
   */
  public void interrupt() {
    if (stop.because(new Stop.Interrupted())) {
      stop.giveUpAfter(PATIENCE);
    }
  }

  private List<Outcome> outcomes(Plan plan, Journal journal) {
    Map<TokenId, Outcome> outcomes = new HashMap<>();
    Consumer<Outcome> collect =
        outcome -> {
          outcomes.put(outcome.change().id(), outcome);
          try {
            listener.accept(outcome);
          } catch (RuntimeException | Error e) {
            // Whoever cannot be told must not keep the others from their ends.
            stop.because(new Stop.Defect(e));
          }
        };
    ExecutorService workers = Executors.newCachedThreadPool(Applier::worker);
    try {
      boolean goesOn = true;
      for (Stage stage : plan.order().stages()) {
        List<Change> changes = plan.changesOf(stage);
        if (goesOn && !stop.isSet()) {
          goesOn =
              new StageRun(changes, new ChangeMaker(api, options.recheck()), journal, stop, collect)
                  .run(workers, options.parallelism());
        } else {
          changes.forEach(change -> collect.accept(new Outcome.NotAttempted(change)));
        }
      }
    } finally {
      workers.shutdown();
    }
    List<Outcome> inOrder = new ArrayList<>();
    plan.changes().forEach(change -> inOrder.add(outcomes.get(change.id())));
    return inOrder;
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
