package io.tokenform.cli;

import io.tokenform.cluster.Setting;
import java.util.Optional;

/** Reads settings from environment variables; an empty one says nothing. */
final class Variables {
  private Variables() {}

  static Optional<Setting> setting(World world, String name) {
    return Optional.ofNullable(world.environment().get(name))
        .filter(value -> !value.isBlank())
        .map(value -> new Setting(value.strip(), name));
  }
}
