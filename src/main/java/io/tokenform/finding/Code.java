package io.tokenform.finding;

import com.google.errorprone.annotations.Immutable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The stable name of a kind of finding, in kebab case. There are those below, and one for each
 * {@link Guardrail}, with the name of its rule. Each is there once, so {@code ==} compares them.
 */
@Immutable
public final class Code {
  private static final List<Code> OF_NO_RULE = new ArrayList<>();

  // The file as text
  public static final Code UNREADABLE_FILE = ofPolicy("unreadable-file");
  public static final Code OUTSIDE_FOLDER = ofPolicy("outside-folder");
  public static final Code FILE_TOO_LARGE = ofPolicy("file-too-large");
  public static final Code NOT_UTF8 = ofPolicy("not-utf8");
  public static final Code NOT_A_POLICY = ofPolicy("not-a-policy");
  public static final Code INVALID_CHARACTER = ofPolicy("invalid-character");
  public static final Code UNCLEAR_LINE_BREAK = ofPolicy("unclear-line-break");
  public static final Code SYNTAX = ofPolicy("syntax");
  public static final Code TAB_INDENTATION = ofPolicy("tab-indentation");
  public static final Code UNKNOWN_ALIAS = ofPolicy("unknown-alias");
  public static final Code SEVERAL_DOCUMENTS = ofPolicy("several-documents");
  public static final Code TOO_DEEP = ofPolicy("too-deep");
  public static final Code TOO_MANY_ALIASES = ofPolicy("too-many-aliases");
  public static final Code UNSUPPORTED_TAG = ofPolicy("unsupported-tag");
  public static final Code MERGE_KEY = ofPolicy("merge-key");
  public static final Code PLACEHOLDER = ofPolicy("placeholder");
  public static final Code SECRET_IN_POLICY = ofPolicy("secret-in-policy");

  // The file as a policy
  public static final Code DUPLICATE_KEY = ofPolicy("duplicate-key");
  public static final Code UNKNOWN_KEY = ofPolicy("unknown-key");
  public static final Code MISSING_KEY = ofPolicy("missing-key");
  public static final Code MISPLACED_KEY = ofPolicy("misplaced-key");
  public static final Code WRONG_TYPE = ofPolicy("wrong-type");
  public static final Code MISSING_VALUE = ofPolicy("missing-value");
  public static final Code UNSUPPORTED_VERSION = ofPolicy("unsupported-version");
  public static final Code UNKNOWN_PRODUCT = ofPolicy("unknown-product");
  public static final Code UNKNOWN_ACTION = ofPolicy("unknown-action");
  public static final Code UNKNOWN_MODE = ofPolicy("unknown-mode");
  public static final Code UNKNOWN_STATE = ofPolicy("unknown-state");
  public static final Code BAD_UUID = ofPolicy("bad-uuid");
  public static final Code BAD_URL = ofPolicy("bad-url");
  public static final Code BAD_DATABASE_NAME = ofPolicy("bad-database-name");
  public static final Code BAD_NAME = ofPolicy("bad-name");
  public static final Code BAD_PATTERN = ofPolicy("bad-pattern");
  public static final Code BAD_DURATION = ofPolicy("bad-duration");
  public static final Code BAD_INSTANT = ofPolicy("bad-instant");
  public static final Code CUT_TEXT = ofPolicy("cut-text");
  public static final Code BAD_TEXT = ofPolicy("bad-text");
  public static final Code BAD_SELECTOR = ofPolicy("bad-selector");
  public static final Code BAD_TEMPLATE = ofPolicy("bad-template");
  public static final Code BAD_SINK = ofPolicy("bad-sink");
  public static final Code BLANK_AT_EDGE = ofPolicy("blank-at-edge");
  public static final Code RESERVED_ENDING = ofPolicy("reserved-ending");
  public static final Code HIDDEN_CHARACTER = ofPolicy("hidden-character");
  public static final Code MIXED_SCRIPTS = ofPolicy("mixed-scripts");
  public static final Code UNKNOWN_LEVEL = ofPolicy("unknown-level");
  public static final Code UNIDENTIFIED_TOKEN = ofPolicy("unidentified-token");
  public static final Code CONTRADICTION = ofPolicy("contradiction");
  public static final Code EXPIRES_TOO_SOON = ofPolicy("expires-too-soon");

  // All files together
  public static final Code DUPLICATE_TOKEN = ofPolicy("duplicate-token");
  public static final Code DUPLICATE_ROLE = ofPolicy("duplicate-role");
  public static final Code DUPLICATE_DATABASE = ofPolicy("duplicate-database");
  public static final Code DUPLICATE_ID = ofPolicy("duplicate-id");
  public static final Code FORMER_DESCRIPTION = ofPolicy("former-description");
  public static final Code CONFUSABLE_NAME = ofPolicy("confusable-name");
  public static final Code DUPLICATE_CLUSTER = ofPolicy("duplicate-cluster");
  public static final Code DUPLICATE_GUARDRAILS = ofPolicy("duplicate-guardrails");
  public static final Code UNKNOWN_ROLE = ofPolicy("unknown-role");
  public static final Code UNUSED_ROLE = ofPolicy("unused-role");
  public static final Code UNUSED_EXCEPTION = ofPolicy("unused-exception");

  // The policy and the fleet that it is for
  public static final Code NO_FLEET = ofPolicy("no-fleet");
  public static final Code NO_WAVE = ofPolicy("no-wave");
  public static final Code UNKNOWN_CLUSTER = ofPolicy("unknown-cluster");
  public static final Code SHARED_SINK = ofPolicy("shared-sink");

  // The policy against what it expects of itself, on its own or on a cluster
  public static final Code EXPECTATION = ofPolicy("expectation");

  // The policy against the cluster
  public static final Code AMBIGUOUS_DESCRIPTION = ofCluster("ambiguous-description");
  public static final Code TOKEN_MATCHED_TWICE = ofCluster("token-matched-twice");
  public static final Code UNREADABLE_TOKEN = ofCluster("unreadable-token");
  public static final Code EXPIRED_TOKEN = ofCluster("expired-token");
  public static final Code UNKNOWN_AGE = ofCluster("unknown-age");
  public static final Code UNDOCUMENTED_ACTION = ofCluster("undocumented-action");
  public static final Code UNKNOWN_SINK = ofCluster("unknown-sink");
  public static final Code SIMILAR_TOKEN = ofCluster("similar-token");
  public static final Code FALSE_LABEL = ofCluster("false-label");
  public static final Code SECRET_ON_CLUSTER = ofCluster("secret-on-cluster");

  // The policy's databases against the cluster; each finding is about one of them
  public static final Code UNREADABLE_DATABASE = ofCluster("unreadable-database");
  public static final Code RENAME_CONFLICT = ofCluster("rename-conflict");
  public static final Code PARTITION_TEMPLATE = ofCluster("partition-template");

  private final String word;
  private final boolean needsCluster;

  private Code(String word, boolean needsCluster) {
    this.word = word;
    this.needsCluster = needsCluster;
  }

  private static Code ofPolicy(String word) {
    return known(new Code(word, false));
  }

  private static Code ofCluster(String word) {
    return known(new Code(word, true));
  }

  private static Code known(Code code) {
    OF_NO_RULE.add(code);
    return code;
  }

  /** That of a guardrail, which judges a plan. */
  static Code ofRule(String word) {
    return new Code(word, true);
  }

  /** All codes: those of the files first, then those of the plan, then the guardrails'. */
  public static List<Code> values() {
    List<Code> all = new ArrayList<>(OF_NO_RULE);
    Arrays.stream(Guardrail.values()).map(Guardrail::code).forEach(all::add);
    return all;
  }

  /** The code that {@code word} names, if it names one. */
  public static Optional<Code> named(String word) {
    return values().stream().filter(code -> code.word.equals(word)).findFirst();
  }

  /** The words for all codes, in the order of {@link #values}. */
  public static List<String> words() {
    return values().stream().map(Code::word).toList();
  }

  /** Whether it takes a cluster to find this; for any other, the files of the policy are enough. */
  public boolean needsCluster() {
    return needsCluster;
  }

  /** The code as people see it, in kebab case. */
  public String word() {
    return word;
  }

  @Override
  public String toString() {
    return word;
  }
}
