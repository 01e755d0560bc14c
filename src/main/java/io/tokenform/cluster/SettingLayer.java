package io.tokenform.cluster;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What one source, such as the environment, says of the connection. */
public final class SettingLayer {
  private final Map<SettingName, Setting> settings = new EnumMap<>(SettingName.class);

  /** Adds a setting; an absent one changes nothing. */
  public SettingLayer with(SettingName name, Optional<Setting> setting) {
    setting.ifPresent(given -> settings.put(name, given));
    return this;
  }

  Optional<Setting> get(SettingName name) {
    return Optional.ofNullable(settings.get(name));
  }
}
