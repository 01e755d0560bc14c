package io.tokenform.policy;

import java.util.Locale;

/** The stable name of a kind of finding. */
public enum Code {
  // The file as text
  UNREADABLE_FILE,
  FILE_TOO_LARGE,
  NOT_UTF8,
  INVALID_CHARACTER,
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
  UNIDENTIFIED_TOKEN,

  // All files together
  DUPLICATE_TOKEN,
  DUPLICATE_ROLE,
  DUPLICATE_ID,
  DUPLICATE_CLUSTER,
  UNKNOWN_ROLE,
  UNUSED_ROLE,

  // The policy against the cluster
  NO_SUCH_TOKEN,
  AMBIGUOUS_DESCRIPTION,
  TOKEN_MATCHED_TWICE,
  REVOKED_TOKEN,
  EXPIRED_TOKEN,
  UNKNOWN_DATABASE,
  UNDOCUMENTED_ACTION;

  /** The code as people see it, in kebab case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public String toString() {
    return word();
  }
}
