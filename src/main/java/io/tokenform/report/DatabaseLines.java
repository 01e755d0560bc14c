package io.tokenform.report;

import io.tokenform.access.database.PartitionTemplate;
import io.tokenform.access.database.Retention;
import io.tokenform.plan.CreateDatabase;
import io.tokenform.plan.DatabaseChange;
import io.tokenform.plan.DatabaseSettings;
import io.tokenform.plan.DeleteDatabase;
import io.tokenform.plan.RenameDatabase;
import io.tokenform.plan.UpdateDatabase;
import io.tokenform.report.text.Columns;
import io.tokenform.report.text.Counts;
import io.tokenform.report.text.MarkdownText;
import io.tokenform.report.text.Printable;
import io.tokenform.report.text.Style;
import io.tokenform.report.text.YamlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Changes of databases: their settings before and after, with units for people.
 *
 * @param <C> the kind
 */
abstract sealed class DatabaseLines<C extends DatabaseChange> implements ChangeLines<C> {
  private static final Remark GONE = Remark.of("deleted with all its data, irreversible");

  private final Class<C> type;
  private final String sign;

  private DatabaseLines(Class<C> type, String sign) {
    this.type = type;
    this.sign = sign;
  }

  /** One for each kind. */
  static List<ChangeLines<?>> all() {
    return List.of(new OfCreate(), new OfUpdate(), new OfRename(), new OfDelete());
  }

  /**
   * A setting, for people.
   *
   * @param before as it is; absent where the database is not there, or the cluster chooses
   * @param after as it will be; absent where the database is gone
   */
  private record Setting(String name, Optional<String> before, Optional<String> after) {
    String difference() {
      return before.isPresent() && after.isPresent()
          ? before.get() + " -> " + after.get()
          : before.or(() -> after).orElse("");
    }
  }

  /**
   * What is said besides the settings: a sentence without a full stop, harmless in both forms.
   *
   * @param text for a terminal
   * @param markdown the same, in which what somebody has chosen stands in code
   */
  record Remark(String text, String markdown) {
    static Remark of(String words) {
      return new Remark(words, words);
    }

    /** A remark in which a name stands between words of our own. */
    static Remark ofName(String before, String name, String after) {
      return new Remark(
          before + Printable.name(name) + after, before + MarkdownText.name(name) + after);
    }

    /** The same of a text that is no name. */
    static Remark ofLine(String before, String line, String after) {
      return new Remark(
          before + Printable.line(line) + after, before + MarkdownText.line(line) + after);
    }
  }

  @Override
  public Class<C> type() {
    return type;
  }

  @Override
  public String sign() {
    return sign;
  }

  /** What is said besides the settings. */
  abstract List<Remark> remarks(C change);

  /** Whether what is said besides is a loss. */
  boolean isLoss() {
    return false;
  }

  private static List<Setting> settings(DatabaseChange change) {
    DatabaseSettings before = change.before();
    DatabaseSettings after = change.after();
    List<Setting> settings = new ArrayList<>();
    add(
        settings,
        "retention",
        before.retention().map(Retention::forPeople),
        after.retention().map(Retention::forPeople));
    add(
        settings,
        "tables",
        before.maxTables().map(DatabaseLines::most),
        after.maxTables().map(DatabaseLines::most));
    add(
        settings,
        "columns of a table",
        before.maxColumnsPerTable().map(DatabaseLines::most),
        after.maxColumnsPerTable().map(DatabaseLines::most));
    return settings;
  }

  private static void add(
      List<Setting> settings, String name, Optional<String> before, Optional<String> after) {
    if (!before.equals(after)) {
      settings.add(new Setting(name, before, after));
    }
  }

  private static String most(int number) {
    return "at most " + Counts.number(number);
  }

  @Override
  public String text(C change, Style style) {
    StringBuilder out = new StringBuilder();
    Columns columns = new Columns("      ", "  ");
    for (Setting setting : settings(change)) {
      columns.row(setting.name(), Printable.line(setting.difference()));
    }
    for (String line : columns.lines()) {
      out.append(change.losesData() ? style.red(line) : line).append('\n');
    }
    for (Remark remark : remarks(change)) {
      String line = remark.text();
      out.append("      ").append(isLoss() ? style.red(line) : line).append('\n');
    }
    return out.toString();
  }

  @Override
  public List<String> markdown(C change) {
    List<String> lines = new ArrayList<>();
    for (Remark remark : remarks(change)) {
      String line = remark.markdown();
      lines.add(isLoss() ? "**" + line + "**" : line);
    }
    for (Setting setting : settings(change)) {
      lines.add(
          setting.name()
              + " "
              + setting
                  .before()
                  .flatMap(before -> setting.after().map(after -> before + " becomes " + after))
                  .orElse(setting.difference()));
    }
    if (change.losesData() && !isLoss()) {
      lines.add("**loses data, irreversible**");
    }
    return lines;
  }

  @Override
  public String annotation(C change) {
    List<String> parts = new ArrayList<>();
    parts.add(verb(change));
    for (Setting setting : settings(change)) {
      parts.add(setting.name() + " " + setting.difference());
    }
    for (Remark remark : remarks(change)) {
      parts.add(remark.text());
    }
    return String.join("; ", parts);
  }

  @Override
  public List<String> policyBefore(C change) {
    return policy(change.name(), change.before(), List.of());
  }

  @Override
  public List<String> policyAfter(C change) {
    return policy(change.name(), change.after(), List.of());
  }

  /** The lines of a policy that says these things of a database. */
  private static List<String> policy(String name, DatabaseSettings settings, List<String> others) {
    List<String> lines = new ArrayList<>();
    settings.retention().ifPresent(value -> lines.add("    retention: " + value.text() + "\n"));
    settings.maxTables().ifPresent(value -> lines.add("    maxTables: " + value + "\n"));
    settings
        .maxColumnsPerTable()
        .ifPresent(value -> lines.add("    maxColumnsPerTable: " + value + "\n"));
    lines.addAll(others);
    String key = "  " + YamlText.name(name) + ":";
    lines.add(0, key + (lines.isEmpty() ? " {}\n" : "\n"));
    return lines;
  }

  private static final class OfCreate extends DatabaseLines<CreateDatabase> {
    private OfCreate() {
      super(CreateDatabase.class, "+");
    }

    @Override
    public String verb(CreateDatabase change) {
      return "makes the database";
    }

    @Override
    List<Remark> remarks(CreateDatabase change) {
      return change
          .partitionTemplate()
          .map(PartitionTemplate::toString)
          .map(template -> List.of(Remark.ofLine("partitioned by ", template, ", for good")))
          .orElse(List.of());
    }

    @Override
    public List<String> policyBefore(CreateDatabase change) {
      return List.of();
    }
  }

  private static final class OfUpdate extends DatabaseLines<UpdateDatabase> {
    private OfUpdate() {
      super(UpdateDatabase.class, "~");
    }

    @Override
    public String verb(UpdateDatabase change) {
      return change.losesData() ? "loses data, irreversible" : "changes the database";
    }

    @Override
    public boolean isDifference() {
      return true;
    }

    @Override
    List<Remark> remarks(UpdateDatabase change) {
      return List.of();
    }
  }

  private static final class OfRename extends DatabaseLines<RenameDatabase> {
    private OfRename() {
      super(RenameDatabase.class, "~");
    }

    @Override
    public String verb(RenameDatabase change) {
      return "renames the database" + (change.losesData() ? ", loses data, irreversible" : "");
    }

    @Override
    List<Remark> remarks(RenameDatabase change) {
      List<Remark> remarks = new ArrayList<>();
      remarks.add(Remark.ofName("from ", change.from().value(), ""));
      for (RenameDatabase.Carried carried : change.carried()) {
        remarks.add(
            Remark.ofName(
                carried.isOld() ? "an old token of " : "",
                carried.token().value(),
                " gets its access under the new name first"));
      }
      return remarks;
    }

    @Override
    public List<String> policyBefore(RenameDatabase change) {
      return policy(change.from().value(), change.before(), List.of());
    }

    @Override
    public List<String> policyAfter(RenameDatabase change) {
      return policy(
          change.name(),
          change.after(),
          List.of("    renamed: " + YamlText.name(change.from().value()) + "\n"));
    }
  }

  private static final class OfDelete extends DatabaseLines<DeleteDatabase> {
    private OfDelete() {
      super(DeleteDatabase.class, "-");
    }

    @Override
    public String verb(DeleteDatabase change) {
      return "deletes the database, irreversible";
    }

    @Override
    boolean isLoss() {
      return true;
    }

    @Override
    List<Remark> remarks(DeleteDatabase change) {
      return List.of(GONE);
    }

    @Override
    public List<String> policyAfter(DeleteDatabase change) {
      return List.of();
    }
  }
}
