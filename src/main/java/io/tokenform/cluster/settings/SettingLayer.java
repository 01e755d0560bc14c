package io.tokenform.cluster.settings;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What one source, such as the environment, says of the connection. */
public final class SettingLayer {
  private final Standing standing;
  private final Map<SettingName, Setting> settings = new EnumMap<>(SettingName.class);

  /** What flags, a policy or variables say. */
  public SettingLayer() {
    this(Standing.OWN);
  }

  private SettingLayer(Standing standing) {
    this.standing = Objects.requireNonNull(standing, "standing");
  }

  /** What a connection profile says, which is one cluster and may not be mixed with another. */
  static SettingLayer ofProfile() {
    return new SettingLayer(Standing.PROFILE);
  }

  /** How a source stands to the others. */
  private enum Standing {
    OWN,
    PROFILE
  }

  /** Adds a setting; an absent one changes nothing. */
  public SettingLayer with(SettingName name, Optional<Setting> setting) {
    setting.ifPresent(given -> settings.put(name, given));
    return this;
  }

  /** Whether the source says nothing. */
  public boolean isEmpty() {
    return settings.isEmpty();
  }

  Optional<Setting> get(SettingName name) {
    return Optional.ofNullable(settings.get(name));
  }

  boolean isProfile() {
    return standing == Standing.PROFILE;
  }

  /** What to do to have one of its settings away. */
  String remedy(Setting setting) {
    return isProfile() ? "name another profile" : "unset " + setting.origin();
  }
}
