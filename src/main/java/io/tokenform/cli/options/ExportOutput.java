package io.tokenform.cli.options;

import io.tokenform.access.FileProblem;
import io.tokenform.cli.console.InputException;
import io.tokenform.cli.console.UsageException;
import io.tokenform.cli.console.World;
import io.tokenform.cli.files.Links;
import io.tokenform.cli.files.PolicyPath;
import io.tokenform.cli.files.StagedFiles;
import io.tokenform.cli.help.InGroup;
import io.tokenform.cli.help.OptionGroup;
import io.tokenform.policy.PolicyFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say where an exported policy goes. */
@InGroup(OptionGroup.OUTPUT)
public final class ExportOutput {
  private static final List<String> SUFFIXES = List.of(".yaml", ".yml", ".json");

  @Option(
      names = "--output",
      paramLabel = "PATH",
      description =
          "The file to write, or with --split the directory; standard output if not given.")
  private String output;

  @Option(
      names = "--split",
      paramLabel = "PATTERN",
      arity = "0..1",
      fallbackValue = "",
      converter = PatternConverter.class,
      description =
          "Write a file for each first word of the descriptions, or for each text in them that this"
              + " regular expression, or its first group, matches. The cluster section and the"
              + " roles get files of their own.")
  private Pattern split;

  @Option(names = "--force", description = "Replace files that exist.")
  private boolean force;

  /** Refuses what makes no sense, before anything else is done. */
  public void check() {
    if (split != null && output == null) {
      throw new UsageException(
          "--split writes several files, and needs a directory for them", "add --output DIRECTORY");
    }
  }

  public boolean isSplit() {
    return split != null;
  }

  /** What of a description says its file; nothing for its first word. */
  public Pattern grouping() {
    return split;
  }

  public boolean isStandardOutput() {
    return output == null;
  }

  /** The folder in which the policy will be, to which the paths in it are relative. */
  public Path folder(World world) {
    if (output == null) {
      return world.directory().toAbsolutePath().normalize();
    }
    Path path = world.directory().resolve(output).toAbsolutePath().normalize();
    return isSplit() || path.getParent() == null ? path : path.getParent();
  }

  /** Writes one file, and answers its name as a list. */
  public List<String> write(World world, String text) throws InputException {
    if (Files.isDirectory(world.directory().resolve(output))) {
      throw new InputException(
          output + " is a directory", "name a file, or add --split to fill a directory");
    }
    return writeAll(world, Map.of(output, text));
  }

  /** Writes several files into the directory, and answers their names in their order. */
  public List<String> write(World world, Map<String, String> texts) throws InputException {
    String prefix = output.endsWith("/") ? output : output + "/";
    Map<String, String> byPath = new LinkedHashMap<>();
    texts.forEach((name, text) -> byPath.put(prefix + name, text));
    Path directory = world.directory().resolve(output);
    try {
      // As if something stood in it: the directory itself may be a link that leads out, too.
      Links.refuse(world.directory(), directory.resolve("."));
      Files.createDirectories(directory);
    } catch (Links.LinkException e) {
      throw linked(output, e);
    } catch (IOException e) {
      throw new InputException(
          "the directory " + output + " cannot be made: " + FileProblem.ofWriting(e),
          "name another",
          e);
    }
    return writeAll(world, byPath);
  }

  private List<String> writeAll(World world, Map<String, String> texts) throws InputException {
    for (String name : texts.keySet()) {
      try {
        Links.refuse(world.directory(), world.directory().resolve(name));
      } catch (Links.LinkException e) {
        throw linked(name, e);
      }
      if (!force && Files.exists(world.directory().resolve(name))) {
        throw exists(name);
      }
    }
    String current = output;
    try (StagedFiles files = new StagedFiles()) {
      for (Map.Entry<String, String> file : texts.entrySet()) {
        current = file.getKey();
        files.stage(
            world.directory().resolve(current), file.getValue().getBytes(StandardCharsets.UTF_8));
      }
      files.publish(force);
    } catch (FileAlreadyExistsException e) {
      throw exists(current);
    } catch (IOException e) {
      throw new InputException(
          current + " cannot be written: " + FileProblem.ofWriting(e),
          "name a place that can be written to",
          e);
    }
    return List.copyOf(texts.keySet());
  }

  private static InputException linked(String name, Links.LinkException e) {
    return new InputException(name + " is not written: " + FileProblem.ofWriting(e), e.hint(), e);
  }

  private static InputException exists(String name) {
    return new InputException(
        name + " exists; nothing was written", "--force replaces it; or name another place");
  }

  /** Policy files of the directory that a plan for it would read besides those just written. */
  public List<String> others(World world, List<String> written) throws InputException {
    List<String> others = new ArrayList<>();
    try {
      for (PolicyPath file :
          PolicyPath.below(output, world.directory().resolve(output), SUFFIXES)) {
        if (!written.contains(file.name())) {
          others.add(file.name());
        }
      }
    } catch (IOException e) {
      throw new InputException(
          "the directory " + output + " cannot be read: " + FileProblem.of(e), null, e);
    }
    return others;
  }

  /** Refuses a text that could not be read back. */
  public static void checkSize(String name, String text) throws InputException {
    if (text.length() > PolicyFile.MAX_BYTES / 4
        && text.getBytes(StandardCharsets.UTF_8).length > PolicyFile.MAX_BYTES) {
      throw new InputException(
          name
              + " would have more than "
              + PolicyFile.MAX_BYTES / (1024 * 1024)
              + " MiB, and could not be read",
          "divide it with --split, or choose tokens with --select");
    }
  }

  /** Reads a regular expression. */
  static final class PatternConverter implements ITypeConverter<Pattern> {
    @Override
    public Pattern convert(String text) {
      try {
        return Pattern.compile(text.isEmpty() ? "\\S+" : text);
      } catch (PatternSyntaxException e) {
        throw new TypeConversionException(
            "\"" + text + "\" is not a regular expression: " + e.getDescription());
      }
    }
  }
}
