package io.tokenform.cli;

import io.tokenform.access.BoundedFile;
import io.tokenform.access.ExitCode;
import io.tokenform.access.FileProblem;
import io.tokenform.cli.console.InputException;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.console.UsageException;
import io.tokenform.cli.files.FileReplacement;
import io.tokenform.cli.files.Links;
import io.tokenform.cli.files.PolicyFiles;
import io.tokenform.cli.files.PolicyPath;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.finding.SourceText;
import io.tokenform.policy.PolicyFile;
import io.tokenform.policy.PolicySource;
import io.tokenform.report.text.FileDiff;
import io.tokenform.report.text.Printable;
import io.tokenform.yaml.PolicyFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "fmt",
    description = {
      "Rewrite policy files in the canonical layout.",
      "What they say stays the same: comments, keys, values and their order are kept. Prints the"
          + " name of each file that was rewritten."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tokenform fmt",
      "  tokenform fmt policies/ tokens.yaml",
      "  tokenform fmt --check policies/",
    })
final class FmtCommand implements Callable<Integer> {
  private static final List<String> SUFFIXES = List.of(".yaml", ".yml");

  private final Run run;

  /** The files that are dealt with, however many paths lead to them. */
  private final Set<Path> seen = new HashSet<>();

  private int inOtherLayout;
  private boolean failed;

  @Option(
      names = "--check",
      description =
          "Write nothing. Print what would change as a diff, and exit with 1 if anything would.")
  private boolean check;

  @Parameters(
      arity = "0..*",
      paramLabel = "PATH",
      defaultValue = "tokens.yaml",
      description =
          "A file; a directory, for every *.yaml and *.yml file below it; or -, for standard input"
              + " to standard output. ${DEFAULT-VALUE} if not given.")
  private List<String> paths;

  FmtCommand(Run run) {
    this.run = run;
  }

  @Override
  public Integer call() throws InvalidPolicyException, InputException {
    if (paths.contains(PolicyFiles.STANDARD_INPUT)) {
      formatStandardInput();
    } else {
      paths.forEach(this::formatAll);
    }
    if (inOtherLayout > 0) {
      run.console()
          .error(
              inOtherLayout == 1
                  ? "1 file is not in the canonical layout"
                  : inOtherLayout + " files are not in the canonical layout",
              Optional.of("run tokenform fmt without --check to rewrite what is named"));
    }
    return failed || inOtherLayout > 0 ? ExitCode.ERROR : ExitCode.OK;
  }

  private void formatStandardInput() throws InvalidPolicyException, InputException {
    String name = PolicyFiles.STANDARD_INPUT;
    if (paths.size() > 1) {
      throw new UsageException(
          "- is standard input, and cannot be combined with other paths",
          "format the files in" + " another run");
    }
    byte[] bytes;
    try {
      bytes = bounded(name, run.world().in());
    } catch (IOException e) {
      throw unreadable(name, e);
    }
    String formatted = formatted(name, bytes);
    if (!check) {
      // What is printed is the file's next content, so a secret cannot be left out of it.
      if (!run.console().masking().find(formatted).isEmpty()) {
        throw new InputException(
            "the policy contains what looks like a secret; it was not printed",
            "take it out; tokenform validate says where it is");
      }
      run.console().print(formatted);
    } else if (!isSame(bytes, formatted)) {
      printDiff(name, bytes, formatted);
    }
  }

  /** What is wrong with one file keeps no other from being formatted. */
  private void formatAll(String path) {
    try {
      for (PolicyPath file : files(path)) {
        // Where a link leads, the file itself is found too, or it is none of this directory's.
        if (file.kind() != PolicyPath.Kind.LINK && seen.add(PolicyFiles.identity(file.file()))) {
          format(file);
        }
      }
    } catch (InputException e) {
      tell(e);
    }
  }

  private List<PolicyPath> files(String path) throws InputException {
    Path file = run.world().directory().resolve(path);
    try {
      return Files.isDirectory(file)
          ? PolicyPath.below(path, file, SUFFIXES)
          : List.of(PolicyPath.named(path, file));
    } catch (IOException e) {
      String problem = "the directory " + path + " cannot be read: " + FileProblem.of(e);
      throw new InputException(problem, "name its files", e);
    }
  }

  private void format(PolicyPath file) {
    try {
      byte[] bytes = read(file);
      String formatted = formatted(file.name(), bytes);
      if (isSame(bytes, formatted)) {
        return;
      }
      if (check) {
        printDiff(file.name(), bytes, formatted);
      } else {
        FileReplacement.replace(file.file(), formatted.getBytes(StandardCharsets.UTF_8));
        run.console().print(Printable.line(file.name()) + "\n");
      }
    } catch (AccessDeniedException e) {
      tell(unwritable(file, "this user may not write it or its directory", e));
    } catch (IOException e) {
      tell(unwritable(file, FileProblem.of(e), e));
    } catch (InputException e) {
      tell(e);
    } catch (InvalidPolicyException e) {
      run.console().findings(e.findings());
      failed = true;
    }
  }

  /** A secret is refused: what would be masked would no longer be what the policy says. */
  private String formatted(String name, byte[] bytes) throws InvalidPolicyException {
    SourceText source = PolicySource.of(name, bytes);
    Optional<Diagnostic> secret =
        source.disclosing(run.console().masking(), "a secret that this run was given");
    if (secret.isPresent()) {
      throw new InvalidPolicyException(List.of(secret.get()));
    }
    return PolicyFormat.format(source);
  }

  private byte[] read(PolicyPath file) throws InputException {
    String name = file.name();
    if (name.toLowerCase(Locale.ROOT).endsWith(".json")) {
      throw new InputException(
          name + " is JSON, and fmt is for YAML", "a JSON policy is valid in any layout");
    }
    try {
      Links.refuse(run.world().directory(), file.file());
    } catch (Links.LinkException e) {
      throw new InputException(
          name + " is left as it is: " + FileProblem.of(e), "name the file that it leads to", e);
    }
    if (Files.exists(file.file()) && !Files.isRegularFile(file.file())) {
      throw new InputException(name + " is not a file", "name a file or a directory");
    }
    try (InputStream in = Files.newInputStream(file.file())) {
      return bounded(name, in);
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  private static byte[] bounded(String name, InputStream in) throws IOException, InputException {
    try {
      return BoundedFile.read(in, PolicyFile.MAX_BYTES);
    } catch (BoundedFile.TooLargeException e) {
      throw new InputException(
          name + " has more than " + PolicyFile.MAX_BYTES / (1024 * 1024) + " MiB",
          "divide the policy into several files",
          e);
    }
  }

  private static InputException unreadable(String name, IOException e) {
    return new InputException(
        name + " cannot be read: " + FileProblem.of(e),
        "name the files or directories to format",
        e);
  }

  private static InputException unwritable(PolicyPath file, String reason, IOException e) {
    return new InputException(file.name() + " cannot be written: " + reason, null, e);
  }

  private static boolean isSame(byte[] bytes, String formatted) {
    return Arrays.equals(bytes, formatted.getBytes(StandardCharsets.UTF_8));
  }

  private void printDiff(String name, byte[] bytes, String formatted) {
    String before = new String(bytes, StandardCharsets.UTF_8);
    run.console().print(new FileDiff(run.console().outStyle()).render(name, before, formatted));
    inOtherLayout++;
  }

  private void tell(InputException e) {
    run.console().error(e.getMessage(), e.hint());
    failed = true;
  }
}
