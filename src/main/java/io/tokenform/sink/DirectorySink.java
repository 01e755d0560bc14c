package io.tokenform.sink;

import io.tokenform.access.Secret;
import io.tokenform.access.SinkName;
import io.tokenform.policy.SinkDefinition;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * A folder, in which each secret is a file with the token's name: exactly the secret, without a
 * line break. It has to be there already. A delivery that fails is not tried again: a disk does not
 * mend itself in a minute.
 */
final class DirectorySink implements Sink {
  private final SinkName name;
  private final SinkDefinition.Directory definition;
  private final Path base;
  private final FolderFiles files;

  DirectorySink(
      SinkName name,
      SinkDefinition.Directory definition,
      SinkSurroundings surroundings,
      FolderFiles files) {
    this.name = name;
    this.definition = definition;
    this.base = surroundings.directory();
    this.files = files;
  }

  @Override
  public void check(SinkTarget target) throws SinkException {
    folder(target, "the sink \"" + name + "\" cannot be used: ")
        .requireUsable(target.name().value());
  }

  @Override
  public void deliver(SinkTarget target, Secret secret) throws SinkException {
    folder(
            target,
            "the sink \"" + name + "\" did not store the secret of \"" + target.name() + "\": ")
        .put(target.name().value(), secret);
  }

  private SecretFolder folder(SinkTarget target, String failure) throws SinkException {
    String key = "sinks." + name + ".directory";
    try {
      // "sub/." would hide from the checks that "sub" is a link.
      Path path = base.resolve(definition.pathFor(target.cluster())).normalize();
      return new SecretFolder(path, base, files, key, failure);
    } catch (InvalidPathException e) {
      throw new SinkException(
          failure + "its path has characters that no path can have here",
          "correct " + key + " in the platform file, or set LC_ALL to a locale with UTF-8",
          false);
    }
  }
}
