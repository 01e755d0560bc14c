package io.tokenform.cluster.settings;

/** What a connection is made of. */
public enum SettingName {
  PRODUCT("product"),
  URL("URL"),
  ACCOUNT_ID("account id"),
  CLUSTER_ID("cluster id");

  private final String words;

  SettingName(String words) {
    this.words = words;
  }

  @Override
  public String toString() {
    return words;
  }
}
