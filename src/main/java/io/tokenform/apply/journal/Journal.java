package io.tokenform.apply.journal;

import io.tokenform.access.Masking;
import io.tokenform.cluster.Attempt;
import io.tokenform.plan.Change;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * Writes what an apply does, as {@code schemas/journal.schema.json} describes it: a line before
 * each change is sent and a line after its answer, both on the disk before the method ends. It may
 * be used by several threads at once.
 */
public final class Journal implements AutoCloseable {
  private final Path file;
  private final SyncedFile lines;
  private final Clock clock;
  private final Masking masking;

  /**
   * A journal that begins.
   *
   * @param masking what it may not hold
   */
  public Journal(Path file, SyncedFile lines, Clock clock, Masking masking) {
    this.file = file;
    this.lines = lines;
    this.clock = clock;
    this.masking = masking;
  }

  public Path file() {
    return file;
  }

  void header(JournalHeader header) throws IOException {
    append(masking.maskJson(JournalJson.header(header)));
    lines.sync();
  }

  /**
   * Notes changes that are about to be sent.
   *
   * @throws JournalException if that fails, or a secret stands in it; then nothing may be sent
   */
  public void started(List<Change> changes) throws JournalException {
    StringBuilder text = new StringBuilder();
    changes.forEach(change -> text.append(JournalJson.started(change, clock.instant())));
    if (!masking.maskJson(text.toString()).contentEquals(text)) {
      // Masked, it would name another token, or none, and nobody could roll the change back.
      throw new JournalException(
          "the journal " + file + " cannot say what would be sent: a secret stands in it",
          "a secret that is a word, a name or an id cannot be told apart from the plan's text",
          null);
    }
    try {
      append(text.toString());
      lines.sync();
    } catch (IOException e) {
      throw Journals.unwritable(file, e);
    }
  }

  /** Notes an attempt, which reaches the disk with the change's outcome. */
  public void attempted(Change change, Attempt attempt) throws JournalException {
    try {
      append(JournalJson.attempt(change, attempt, clock.instant(), masking));
    } catch (IOException e) {
      throw Journals.unwritable(file, e);
    }
  }

  /** Notes a step in the making of a token, and waits for the disk. */
  public void step(Change change, MakingStep step) throws JournalException {
    try {
      append(JournalJson.step(change, step, clock.instant()));
      lines.sync();
    } catch (IOException e) {
      throw Journals.unwritable(file, e);
    }
  }

  /** Notes what became of a change that was started. */
  public void finished(Outcome outcome) throws JournalException {
    try {
      append(JournalJson.outcome(outcome, clock.instant(), masking));
      lines.sync();
    } catch (IOException e) {
      throw Journals.unwritable(file, e);
    }
  }

  /** Notes the end. */
  public void footer(ApplyResult result) throws JournalException {
    try {
      append(JournalJson.footer(result, clock.instant(), masking));
      lines.sync();
    } catch (IOException e) {
      throw Journals.unwritable(file, e);
    }
  }

  private void append(String text) throws IOException {
    lines.append(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Closes the file. What counts is on the disk already, so a failure here loses nothing. */
  @Override
  public void close() {
    lines.close();
  }
}
