package io.tokenform.finding;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The stable name of a kind of finding. */
public enum Code {
  // The file as text
  UNREADABLE_FILE,
  OUTSIDE_FOLDER,
  FILE_TOO_LARGE,
  NOT_UTF8,
  NOT_A_POLICY,
  INVALID_CHARACTER,
  UNCLEAR_LINE_BREAK,
  SYNTAX,
  TAB_INDENTATION,
  UNKNOWN_ALIAS,
  SEVERAL_DOCUMENTS,
  TOO_DEEP,
  TOO_MANY_ALIASES,
  UNSUPPORTED_TAG,
  MERGE_KEY,
  SECRET_IN_POLICY,

  // The file as a policy
  DUPLICATE_KEY,
  UNKNOWN_KEY,
  MISSING_KEY,
  MISPLACED_KEY,
  WRONG_TYPE,
  MISSING_VALUE,
  UNSUPPORTED_VERSION,
  UNKNOWN_PRODUCT,
  UNKNOWN_ACTION,
  UNKNOWN_MODE,
  BAD_UUID,
  BAD_URL,
  BAD_DATABASE_NAME,
  BAD_NAME,
  BAD_PATTERN,
  HIDDEN_CHARACTER,
  MIXED_SCRIPTS,
  UNKNOWN_LEVEL,
  UNIDENTIFIED_TOKEN,

  // All files together
  DUPLICATE_TOKEN,
  DUPLICATE_ROLE,
  DUPLICATE_ID,
  CONFUSABLE_NAME,
  DUPLICATE_CLUSTER,
  DUPLICATE_GUARDRAILS,
  UNKNOWN_ROLE,
  UNUSED_ROLE,

  // The policy against the cluster
  NO_SUCH_TOKEN,
  AMBIGUOUS_DESCRIPTION,
  TOKEN_MATCHED_TWICE,
  REVOKED_TOKEN,
  EXPIRED_TOKEN,
  UNKNOWN_DATABASE,
  UNDOCUMENTED_ACTION,
  SECRET_ON_CLUSTER,

  // The guardrails, each with the name of its rule; so is UNKNOWN_DATABASE above
  WILDCARD_WRITE,
  WILDCARD_READ,
  LOCKOUT,
  WIDENING,
  UNMANAGED_TOKEN,
  DESCRIPTION,
  MAX_CHANGES,
  EXPIRING,
  REQUIRE_ID,
  CUT_COMMENT;

  /** The code that {@code word} names, if it names one. */
  public static Optional<Code> named(String word) {
    return Arrays.stream(values()).filter(code -> code.word().equals(word)).findFirst();
  }

  /** The words for all codes, in the order of their declaration. */
  public static List<String> words() {
    return Arrays.stream(values()).map(Code::word).toList();
  }

  /** Whether it takes a cluster to find this; for any other, the files of the policy are enough. */
  public boolean needsCluster() {
    return compareTo(NO_SUCH_TOKEN) >= 0;
  }

  /** The code as people see it, in kebab case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public String toString() {
    return word();
  }
}
