package io.tokenform.cli.options;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** What a token may do, by the names of databases. */
public final class DatabaseOptions {
  @Option(
      names = "--read-database",
      paramLabel = "NAME",
      converter = DatabaseName.class,
      description = "A database that it may read, or \"*\" for all. May be given several times.")
  private List<String> read = List.of();

  @Option(
      names = "--write-database",
      paramLabel = "NAME",
      converter = DatabaseName.class,
      description = "A database that it may write, or \"*\" for all. May be given several times.")
  private List<String> write = List.of();

  /** The permissions that are named; none where no option is given. */
  public Permissions permissions() {
    return Permissions.of(
        Stream.concat(read.stream().map(Permission::read), write.stream().map(Permission::write))
            .toList());
  }

  /** The names as they were typed. */
  public Stream<String> names() {
    return Stream.concat(read.stream(), write.stream());
  }
}
