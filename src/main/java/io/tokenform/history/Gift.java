package io.tokenform.history;

import io.tokenform.access.Address;
import io.tokenform.apply.journal.JournalHeader;
import io.tokenform.plan.Kind;
import java.util.Objects;

/**
 * The change that gave a permission, as a journal tells it. A journal proves nothing about who
 * wrote it.
 *
 * @param journal the journal's file name
 * @param header who applied it, when, and for which commit and reason
 * @param kind what the change does
 * @param address what the change is about
 * @param isCertain whether the journal says that it was made; else it was sent, and nothing says
 *     what became of it
 */
public record Gift(
    String journal, JournalHeader header, Kind kind, Address address, boolean isCertain) {
  public Gift {
    Objects.requireNonNull(journal, "journal");
    Objects.requireNonNull(header, "header");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(address, "address");
  }
}
