package io.tokenform.cli.options;

import io.tokenform.cli.console.World;
import io.tokenform.cluster.settings.Setting;
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
