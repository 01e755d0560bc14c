package io.tokenform.cli.options;

import io.tokenform.access.BoundedFile;
import io.tokenform.access.FileProblem;
import io.tokenform.access.Flag;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.console.World;
import io.tokenform.cli.help.InGroup;
import io.tokenform.cli.help.OptionGroup;
import io.tokenform.cluster.settings.Profile;
import io.tokenform.cluster.settings.ProfileFile;
import io.tokenform.cluster.settings.SettingsException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say which of influxctl's connection profiles to use. */
@InGroup(OptionGroup.CLUSTER)
final class ProfileOptions {
  private static final String VARIABLE = "INFLUXCTL_PROFILE";
  private static final String DEFAULT = "default";
  private static final int LONGEST = 1 << 20;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "influxctl's configuration; the one in its default place if not given.")
  private Path config;

  @Option(
      names = Flag.PROFILE,
      paramLabel = "NAME",
      description =
          "A connection profile in influxctl's configuration; if not given, "
              + VARIABLE
              + ", or else the profile named default, if there is one.")
  private String profile;

  /** Whether a flag asks for a profile. */
  boolean isGiven() {
    return config != null || profile != null;
  }

  /** Whether somebody asks for a profile, so that one that cannot be used is an error. */
  boolean isNamed(World world) {
    return isGiven() || variable(world).isPresent();
  }

  /**
   * The profile, if there is one.
   *
   * @throws SettingsException if it was named and is not there, or if it cannot be used
   */
  Optional<Profile> read(Run run) throws SettingsException {
    String name = profile != null ? profile : variable(run.world()).orElse(DEFAULT);
    Optional<Path> file = file(run);
    if (file.isEmpty()) {
      if (!isNamed(run.world())) {
        return Optional.empty();
      }
      throw new SettingsException(
          "there is no configuration of influxctl with the profile \"" + name + "\"",
          "name its file with --config"
              + String.join(
                  "",
                  places(run.world()).stream().map(place -> "; there is no " + place).toList()));
    }
    ProfileFile profiles = ProfileFile.parse(shown(file.get()), text(file.get()));
    profiles.secrets().forEach(run.console()::keepSecret);
    Optional<Profile> found = profiles.profile(name);
    if (found.isEmpty() && isNamed(run.world())) {
      throw new SettingsException(
          shown(file.get()) + ": there is no profile \"" + name + "\"",
          profiles.names().isEmpty()
              ? "it has none; begin one with [[profile]] and a name"
              : "its profiles are " + String.join(", ", profiles.names()));
    }
    return found;
  }

  /** Whether the flag names a profile. */
  boolean namesProfile() {
    return profile != null;
  }

  /**
   * All profiles, if there is a file of them.
   *
   * @throws SettingsException if it cannot be read
   */
  Optional<ProfileFile> readAll(Run run) throws SettingsException {
    Optional<Path> file = file(run);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    ProfileFile profiles = ProfileFile.parse(shown(file.get()), text(file.get()));
    profiles.secrets().forEach(run.console()::keepSecret);
    return Optional.of(profiles);
  }

  private static Optional<String> variable(World world) {
    return Optional.of(world.environment().getOrDefault(VARIABLE, "").strip())
        .filter(name -> !name.isEmpty());
  }

  private Optional<Path> file(Run run) {
    if (config != null) {
      return Optional.of(run.world().directory().resolve(config));
    }
    Optional<Path> found = places(run.world()).stream().filter(Files::isRegularFile).findFirst();
    if (found.isPresent() && isOfCheckout(run.world(), found.get())) {
      run.console()
          .note(
              found.get()
                  + " is not used: it is in the working directory of a CI job, and may be part of a"
                  + " commit; to use it, name it with --config");
      return Optional.empty();
    }
    return found;
  }

  /**
   * Whether a commit may have brought the file along: a CI's home can be its checkout, and a
   * profile says which host gets the management token.
   */
  private static boolean isOfCheckout(World world, Path file) {
    try {
      return HostApproval.isCi(world)
          && file.toRealPath().startsWith(world.directory().toRealPath());
    } catch (IOException e) {
      return false;
    }
  }

  private String shown(Path file) {
    return config != null ? config.toString() : file.toString();
  }

  private static String text(Path file) throws SettingsException {
    try {
      return decoded(BoundedFile.read(file, LONGEST));
    } catch (BoundedFile.TooLargeException e) {
      throw new SettingsException(
          file + " is too large for a configuration of influxctl", "name its config.toml");
    } catch (IOException e) {
      throw new SettingsException(
          file + " cannot be read: " + FileProblem.of(e),
          "name influxctl's config.toml with --config");
    }
  }

  private static String decoded(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  /**
   * Where influxctl looks on Windows, on a Mac, and elsewhere. Which system this is, the places
   * say: the variable of the first and the folder of the second exist nowhere else.
   */
  private static List<Path> places(World world) {
    Map<String, String> variables = world.environment();
    Path directory = world.directory();
    List<Path> folders = new ArrayList<>();
    String appData = variables.getOrDefault("APPDATA", "");
    String home = variables.getOrDefault("HOME", "");
    String xdg = variables.getOrDefault("XDG_CONFIG_HOME", "");
    folder(directory, appData).ifPresent(folders::add);
    Optional<Path> ofUser = folder(directory, home);
    ofUser.ifPresent(
        folder -> folders.add(folder.resolve("Library").resolve("Application Support")));
    if (!xdg.isBlank()) {
      folder(directory, xdg).ifPresent(folders::add);
    } else {
      ofUser.ifPresent(folder -> folders.add(folder.resolve(".config")));
    }
    return folders.stream().map(folder -> folder.resolve("influxctl/config.toml")).toList();
  }

  /** The folder that a variable names, if it is a path: one that the locale cannot read is none. */
  private static Optional<Path> folder(Path directory, String variable) {
    try {
      return variable.isBlank() ? Optional.empty() : Optional.of(directory.resolve(variable));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
