package io.tokenform.policy.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.finding.SourceText;
import io.tokenform.policy.Policy;
import io.tokenform.policy.PolicyFile;
import io.tokenform.policy.PolicyParser;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is wrong between the databases of several files, and between them and permissions. */
class DatabaseMergeTest {
  private static List<PolicyFile> files(String... texts) {
    List<PolicyFile> files = new ArrayList<>();
    for (String text : texts) {
      files.add(
          PolicyFile.parse(
              new SourceText("p" + (files.size() + 1) + ".yaml", "version: 1\n" + text)));
    }
    return files;
  }

  private static Policy merged(String... texts) throws Exception {
    return PolicyParser.merge(files(texts));
  }

  private static Diagnostic only(String... texts) {
    InvalidPolicyException invalid =
        catchThrowableOfType(InvalidPolicyException.class, () -> PolicyParser.merge(files(texts)));
    assertThat(invalid).isNotNull();
    assertThat(invalid.findings()).hasSize(1);
    return invalid.findings().get(0);
  }

  private static String place(Diagnostic finding) {
    return finding.where().source().name() + ":" + finding.where().line();
  }

  private static String other(Diagnostic finding) {
    return finding
        .other()
        .map(where -> where.source().name() + ":" + where.line())
        .orElse("nowhere");
  }

  @Test
  void theDatabasesOfAllFilesAddUpByName() throws Exception {
    Policy policy = merged("databases: {orders: {}}", "databases: {logs: {}, metrics: {}}");
    assertThat(policy.databases())
        .extracting(database -> database.name().value())
        .containsExactly("logs", "metrics", "orders");
  }

  @Test
  void aNameThatStandsInTwoFilesIsAnErrorWithBothPlaces() {
    Diagnostic found =
        only(
            "databases:\n  orders: {retention: 90d}\n", "databases:\n\n  orders: {maxTables: 5}\n");
    assertThat(found.code()).isEqualTo(Code.DUPLICATE_DATABASE);
    assertThat(found.message()).isEqualTo("the database \"orders\" appears twice");
    assertThat(place(found)).isEqualTo("p2.yaml:4");
    assertThat(other(found)).isEqualTo("p1.yaml:3");
  }

  @Test
  void aNameThatStandsTwiceInOneFileIsAnErrorWithBothPlaces() {
    Diagnostic found = only("databases:\n  orders: {}\n  logs: {}\n  orders: {}\n");
    assertThat(found.code()).isEqualTo(Code.DUPLICATE_DATABASE);
    assertThat(place(found)).isEqualTo("p1.yaml:5");
    assertThat(other(found)).isEqualTo("p1.yaml:3");
  }

  @Test
  void aFormerNameHasNoEntry() {
    Diagnostic found = only("databases:\n  new: {renamed: old}\n  old: {}\n");
    assertThat(found.message())
        .isEqualTo("\"old\" is the former name of \"new\", and an entry of its own");
    assertThat(place(found)).isEqualTo("p1.yaml:3");
    assertThat(other(found)).isEqualTo("p1.yaml:4");
  }

  @Test
  void aFormerNameIsNotOneThatIsToBeDeleted() {
    assertThat(only("databases:\n  new: {renamed: old}\n  old: {state: deleted}\n").message())
        .isEqualTo("\"old\" is the former name of \"new\", and to be deleted");
  }

  @Test
  void aChainOfNamesIsRefused() {
    Diagnostic found = only("databases:\n  c: {renamed: b}\n  b: {renamed: a}\n");
    assertThat(found.message())
        .isEqualTo("\"b\" is the former name of \"c\", and has a former name itself");
    assertThat(other(found)).isEqualTo("p1.yaml:4");
  }

  @Test
  void twoDatabasesDoNotChangeTheirNamesWithEachOther() {
    InvalidPolicyException invalid =
        catchThrowableOfType(
            InvalidPolicyException.class,
            () ->
                PolicyParser.merge(
                    files("databases: {a: {renamed: b}}", "databases: {b: {renamed: a}}")));
    assertThat(invalid.findings())
        .extracting(Diagnostic::message)
        .containsExactly(
            "\"b\" is the former name of \"a\", and is renamed from that one in turn",
            "\"a\" is the former name of \"b\", and is renamed from that one in turn");
  }

  @Test
  void aDatabaseIsNotRenamedTwice() {
    Diagnostic found = only("databases: {a: {renamed: old}}", "databases: {b: {renamed: old}}");
    assertThat(found.message()).isEqualTo("\"old\" is renamed twice, the first time to \"a\"");
    assertThat(place(found)).isEqualTo("p2.yaml:2");
    assertThat(other(found)).isEqualTo("p1.yaml:2");
  }

  @Test
  void aDatabaseIsNotRenamedToItself() {
    assertThat(only("databases: {a: {renamed: a}}").message())
        .isEqualTo(
            "renamed says which name the database had before, and this is the one that it has");
  }

  @Test
  void aPermissionOnADatabaseThatIsToBeDeletedIsRefused() {
    Diagnostic found =
        only(
            "databases:\n  old: {state: deleted}\n",
            "roles: {reader: {read: [old]}}\ntokens:\n  a: {description: A, roles: [reader]}\n");
    assertThat(found.code()).isEqualTo(Code.CONTRADICTION);
    assertThat(found.message())
        .isEqualTo("read \"old\" is a permission on a database that is to be deleted");
    assertThat(place(found)).isEqualTo("p2.yaml:2");
    assertThat(other(found)).isEqualTo("p1.yaml:3");
  }

  @Test
  void aPermissionOnAFormerNameIsRefused() {
    Diagnostic found =
        only(
            "databases:\n  new: {renamed: old}\n",
            "tokens:\n  a: {description: A, permissions: {write: [old, new]}}\n");
    assertThat(found.message())
        .isEqualTo("write \"old\" is a permission on the former name of \"new\"");
    assertThat(found.hint()).contains("name \"new\"; the plan grants that before it renames");
  }

  @Test
  void aWildcardIsNoPermissionOnADatabaseThatIsToBeDeleted() throws Exception {
    assertThat(
            merged(
                    "databases: {old: {state: deleted}}",
                    "tokens: {a: {description: A, permissions: {read: ['*']}}}")
                .warnings())
        .isEmpty();
  }

  @Test
  void namesThatDifferInTheSizeOfLettersAreShown() throws Exception {
    List<Diagnostic> warnings = merged("databases: {orders: {}, Orders: {}}").warnings();
    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0).code()).isEqualTo(Code.CONFUSABLE_NAME);
    assertThat(warnings.get(0).message())
        .isEqualTo(
            "the databases \"Orders\" and \"orders\" differ only in small and capital letters");
  }

  @Test
  void namesThatLookAlikeAreShown() throws Exception {
    for (String[] pair : new String[][] {{"orders", "\u043erders"}, {"caf\u00e9", "cafe\u0301"}}) {
      List<Diagnostic> warnings =
          merged("databases: {" + pair[0] + ": {}}", "databases: {" + pair[1] + ": {}}").warnings();
      assertThat(warnings).extracting(Diagnostic::code).contains(Code.CONFUSABLE_NAME);
    }
  }

  @Test
  void aPermissionThatOnlyLooksLikeTheDatabaseIsShown() throws Exception {
    List<Diagnostic> warnings =
        merged(
                "databases: {orders: {}}",
                "tokens: {a: {description: A, permissions: {read: [\u043erders]}}}")
            .warnings();
    assertThat(warnings).extracting(Diagnostic::code).containsExactly(Code.CONFUSABLE_NAME);
  }

  @Test
  void clustersAreForAFleet() {
    Diagnostic found = only("databases: {orders: {clusters: [prod]}}");
    assertThat(found.code()).isEqualTo(Code.NO_FLEET);
    assertThat(found.message())
        .isEqualTo("the database \"orders\" is for a fleet, and none is given");
  }

  @Test
  void aPlatformFileHasNoDatabases() {
    InvalidPolicyException invalid =
        catchThrowableOfType(
            InvalidPolicyException.class,
            () -> PolicyParser.platform(files("guardrails: {}\ndatabases: {orders: {}}").get(0)));
    assertThat(invalid.findings()).extracting(Diagnostic::code).contains(Code.MISPLACED_KEY);
  }
}
