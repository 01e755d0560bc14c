package io.tokenform.cli.manual;

import io.tokenform.cli.CommandTree;
import io.tokenform.cli.console.Interrupts;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.console.Terminals;
import io.tokenform.cli.console.World;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;

/** Writes the manual: a page for each command. The build runs this, and no command does. */
public final class ManPages {
  private ManPages() {}

  /**
   * Writes the pages into a folder, in the place of those that are there.
   *
   * @param args the folder, and the time to date the manual by, as in {@code 2026-01-31T00:00:00Z}
   */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    try (DirectoryStream<Path> old = Files.newDirectoryStream(folder, "*.1")) {
      for (Path page : old) {
        Files.delete(page);
      }
    }
    String date = args[1].substring(0, "2026-01-31".length());
    for (Map.Entry<String, String> page : of(tree(), date).entrySet()) {
      Files.writeString(folder.resolve(page.getKey()), page.getValue(), StandardCharsets.UTF_8);
    }
  }

  /** The pages by the names of their files. */
  public static Map<String, String> of(CommandLine root, String date) {
    Map<String, String> pages = new TreeMap<>();
    add(pages, root, date);
    return pages;
  }

  private static void add(Map<String, String> pages, CommandLine command, String date) {
    ManPage page = new ManPage(command.getCommandSpec(), date);
    pages.put(page.name() + ".1", page.render());
    command.getSubcommands().values().forEach(next -> add(pages, next, date));
  }

  /** The whole command model, in a world where nothing can be read or said. */
  public static CommandLine tree() {
    return tree(List.of());
  }

  /** As much of it as a run with these arguments needs. */
  public static CommandLine tree(List<String> args) {
    World world =
        new World(
            InputStream.nullInputStream(),
            OutputStream.nullOutputStream(),
            OutputStream.nullOutputStream(),
            Terminals.none(),
            Map.of(),
            Path.of(""),
            Clock.systemUTC(),
            Interrupts.NONE);
    return CommandTree.of(Run.in(world), args);
  }
}
