package io.tokenform.manual;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The README or a page of the manual, as what a reader would do: its {@code console} blocks,
 * command by command. In such a block a line that begins with {@code "$ "} is a command, with more
 * lines while each ends in a backslash; what follows is what it prints, on both outputs. It exits
 * with 0, or says {@code # exits N} at its end. An ellipsis within a line stands for what is
 * another each time; a line that is nothing but {@code ...} or an ellipsis stands for any lines.
 * One name of a journal is as good as another.
 *
 * <p>Comments, which no reader sees, say what else is done:
 *
 * <ul>
 *   <li>{@code <!-- run: SHELL -->}: run this, in one line or in several; nobody compares what it
 *       prints;
 *   <li>{@code <!-- output: SHELL -->}, before a block: the block is what this prints;
 *   <li>{@code <!-- file: NAME -->}, before a block: the block is this file;
 *   <li>{@code <!-- not run: REASON -->}, before a console block: nobody runs it.
 * </ul>
 */
record ManualPage(Path file, String text) {
  static final Path README = Path.of("README.md");
  static final Path MANUAL = Path.of("src", "site", "markdown");

  /** Something to do, in the order of the page. */
  sealed interface Step {
    int line();

    /** The lines of a script that do it; what they print goes to a file with this name. */
    default String script(String printed) {
      return "";
    }
  }

  /**
   * A command that a shell runs.
   *
   * @param shown what it prints; absent if nobody compares that
   */
  record Command(int line, String shell, int exit, Optional<List<String>> shown) implements Step {
    @Override
    public String script(String printed) {
      return "{\n%s\n} >\"%s\" 2>&1 </dev/null; echo $? >\"%s.exit\"\n"
          .formatted(shell, printed, printed);
    }
  }

  /** A file that the page shows. */
  record Content(int line, String name, List<String> lines) implements Step {
    @Override
    public String script(String printed) {
      return "cat >'%s' <<'END OF FILE'\n%s\nEND OF FILE\n"
          .formatted(name, String.join("\n", lines));
    }
  }

  /** A block that nobody runs. */
  record LeftOut(int line, String reason) implements Step {}

  static ManualPage read(Path file) {
    try {
      return new ManualPage(file, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The README, and the manual's pages in the order of their names. */
  static List<ManualPage> all() {
    try (Stream<Path> pages = Files.list(MANUAL)) {
      return Stream.concat(
              Stream.of(README), pages.filter(page -> page.toString().endsWith(".md")).sorted())
          .map(ManualPage::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    // What the comment just before a block says of it.
    String output = null;
    String name = null;
    String reason = null;
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      int at = i + 1;
      if (line.startsWith("<!-- ")) {
        int end = i;
        while (!lines.get(end).endsWith("-->")) {
          end++;
        }
        String comment = String.join("\n", lines.subList(i, end + 1));
        comment = comment.substring(5, comment.length() - 3).strip();
        i = end;
        if (comment.startsWith("run")) {
          steps.add(new Command(at, after("run", comment), 0, Optional.empty()));
        } else if (comment.startsWith("output")) {
          output = after("output", comment);
        } else if (comment.startsWith("file")) {
          name = after("file", comment);
        } else if (comment.startsWith("not run")) {
          reason = after("not run", comment);
        } else {
          throw new IllegalArgumentException(
              file + ":" + at + ": a comment begins with run, output, file or not run");
        }
        continue;
      }
      String fence = line.strip();
      if (fence.startsWith("```")) {
        int end = i + 1;
        while (!lines.get(end).strip().equals("```")) {
          end++;
        }
        List<String> block = lines.subList(i + 1, end);
        if (reason != null) {
          steps.add(new LeftOut(at, reason));
        } else if (output != null) {
          steps.add(command(at, output, block));
        } else if (name != null) {
          steps.add(new Content(at, name, block));
        } else if (fence.equals("```console")) {
          steps.addAll(commands(at, block));
        }
        i = end;
        output = name = reason = null;
      }
    }
    return steps;
  }

  private static String after(String word, String comment) {
    return comment.substring(word.length()).replaceFirst("^:", "").strip();
  }

  private List<Step> commands(int fence, List<String> block) {
    List<Step> commands = new ArrayList<>();
    for (int i = 0; i < block.size(); ) {
      int at = fence + 1 + i;
      if (!block.get(i).startsWith("$ ")) {
        throw new IllegalArgumentException(
            file + ":" + at + ": a console block begins with a command, \"$ …\"");
      }
      int end = i;
      while (block.get(end).endsWith("\\")) {
        end++;
      }
      String shell = String.join("\n", block.subList(i, end + 1)).substring(2);
      i = end + 1;
      end = i;
      while (end < block.size() && !block.get(end).startsWith("$ ")) {
        end++;
      }
      commands.add(command(at, shell, block.subList(i, end)));
      i = end;
    }
    return commands;
  }

  private static Command command(int line, String shell, List<String> shown) {
    int said = shell.lastIndexOf("# exits ");
    int exit = said < 0 ? 0 : Integer.parseInt(shell.substring(said + 8).strip());
    return new Command(line, shell, exit, Optional.of(shown));
  }

  /** The steps of one kind, in their order. */
  <S extends Step> List<S> steps(Class<S> kind) {
    return steps().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  @Override
  public String toString() {
    return file.toString();
  }

  /** Where a step is, as editors know it. */
  String place(Step step) {
    return Stream.of(file, step.line()).map(Object::toString).collect(Collectors.joining(":"));
  }
}
