package io.tokenform.access;

/**
 * Options of the command line that hints of the rooms below it name. The command line declares them
 * with these names, so such a hint names only what is there.
 */
public final class Flag {
  public static final String ACCOUNT = "--account";
  public static final String ALLOW = "--allow";
  public static final String CA_FILE = "--ca-file";
  public static final String CLIENT_CERT = "--client-cert";
  public static final String CLIENT_KEY = "--client-key";
  public static final String CLUSTER = "--cluster";
  public static final String DUE = "--due";
  public static final String EXPECT_DIGEST = "--expect-digest";
  public static final String FLEET = "--fleet";
  public static final String INCLUDE_REVOKED = "--include-revoked";
  public static final String JOURNAL_DIR = "--journal-dir";
  public static final String LIVE = "--live";
  public static final String MANAGEMENT_TOKEN_COMMAND = "--management-token-command";
  public static final String MANAGEMENT_TOKEN_FILE = "--management-token-file";
  public static final String MARKDOWN_LIMIT = "--markdown-limit";
  public static final String ONLY = "--only";
  public static final String OUT = "--out";
  public static final String PLATFORM = "--platform";
  public static final String PROFILE = "--profile";
  public static final String SHARD = "--shard";
  public static final String TARGET = "--target";
  public static final String TIMEOUT = "--timeout";
  public static final String TRUST_FLEET_HOSTS = "--trust-fleet-hosts";
  public static final String URL = "--url";

  private Flag() {}
}
