package io.tokenform.cli;

import io.tokenform.cli.complete.Completable;
import io.tokenform.cli.complete.Surroundings;
import io.tokenform.cli.console.InputException;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.console.UsageException;
import io.tokenform.cli.console.World;
import io.tokenform.cli.files.OutputFiles;
import io.tokenform.cli.files.PolicyFiles;
import io.tokenform.report.access.AccessFormat;
import io.tokenform.report.access.AccessHtml;
import io.tokenform.report.access.AccessJson;
import io.tokenform.report.access.AccessReport;
import io.tokenform.report.access.GrantsCsv;
import io.tokenform.report.access.TokensCsv;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say in which forms an access report is given, and where to. */
final class ReportOutputs {
  @Option(
      names = "--format",
      paramLabel = "FORMAT[=FILE]",
      converter = Output.Converter.class,
      description =
          "html, one page that needs no other file; csv, in which a cell that a spreadsheet would"
              + " take for a formula has an apostrophe before it; or json; to standard output or"
              + " into a file. May be given several times; html if not given.")
  private List<Output> outputs = List.of(new Output(Form.HTML, Optional.empty()));

  @Option(
      names = "--by",
      paramLabel = "ROW",
      converter = RowConverter.class,
      description =
          "What has a row in the csv: token, or grant, a permission of a token; token if not"
              + " given.")
  private Row row;

  /** What people write for standard output, where a file is asked for. */
  private static final String STANDARD_OUTPUT = "-";

  /** What a row of comma-separated values is about. */
  enum Row {
    TOKEN,
    GRANT
  }

  /** A form of the report. */
  enum Form {
    HTML("html") {
      @Override
      AccessFormat format(Row row) {
        return new AccessHtml();
      }
    },
    CSV("csv") {
      @Override
      AccessFormat format(Row row) {
        return row == Row.GRANT ? new GrantsCsv() : new TokensCsv();
      }
    },
    JSON("json") {
      @Override
      AccessFormat format(Row row) {
        return new AccessJson();
      }
    };

    private final String word;

    Form(String word) {
      this.word = word;
    }

    abstract AccessFormat format(Row row);

    static Form named(String word) {
      return Stream.of(values())
          .filter(form -> form.word.equals(word))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "there is no format \"" + word + "\"; the formats are html, csv and json"));
    }
  }

  /** A form, and the file that it goes to, or standard output. */
  record Output(Form form, Optional<String> file) {
    /** Reads {@code FORMAT} or {@code FORMAT=FILE}. */
    static final class Converter implements ITypeConverter<Output>, Completable {
      @Override
      public Output convert(String text) {
        int equals = text.indexOf('=');
        return equals < 0
            ? new Output(Form.named(text), Optional.empty())
            : new Output(
                Form.named(text.substring(0, equals)), Optional.of(text.substring(equals + 1)));
      }

      @Override
      public List<String> words(Surroundings surroundings) {
        return Stream.of(Form.values()).map(form -> form.word).toList();
      }
    }
  }

  /** Reads what a row is about. */
  static final class RowConverter implements ITypeConverter<Row>, Completable {
    @Override
    public Row convert(String word) {
      return switch (word) {
        case "token" -> Row.TOKEN;
        case "grant" -> Row.GRANT;
        default ->
            throw new TypeConversionException(
                "there is no row for each \"" + word + "\"; a row is for each token or grant");
      };
    }

    @Override
    public List<String> words(Surroundings surroundings) {
      return List.of("token", "grant");
    }
  }

  /**
   * Refuses what could not be told apart at the other end, and to write over what is to be read.
   *
   * @param isRead whether a file that exists is read
   */
  void check(World world, Predicate<Path> isRead) {
    if (row != null && outputs.stream().noneMatch(output -> output.form() == Form.CSV)) {
      throw new UsageException(
          "--by says what has a row in the csv, and no csv is asked for",
          "add --format csv, or --format csv=FILE");
    }
    if (outputs.stream().filter(output -> output.file().isEmpty()).count() > 1) {
      throw new UsageException(
          "two formats go to standard output", "send one to a file, as in --format csv=access.csv");
    }
    if (world.terminals().out() && outputs.contains(new Output(Form.HTML, Optional.empty()))) {
      throw new UsageException(
          "the report is a page for a browser, and standard output is a terminal",
          "write it into a file with --format html=access.html, or take csv or json");
    }
    Set<Path> files = new HashSet<>();
    for (String file : outputs.stream().flatMap(output -> output.file().stream()).toList()) {
      if (file.isBlank()) {
        throw new UsageException("--format has no file after its =", "is a variable empty?");
      }
      if (file.equals(STANDARD_OUTPUT)) {
        throw new UsageException(
            "--format needs a file after its =, and - is not a file",
            "without the =, the report goes to standard output");
      }
      Path path = PolicyFiles.identity(world.directory().resolve(file));
      if (!files.add(path)) {
        throw new UsageException(
            "two outputs go to the file " + file, "give each a file of its own");
      }
      if (Files.isRegularFile(path) && isRead.test(path)) {
        throw new UsageException(
            "an output would replace " + file + ", which is read",
            "name another file, which is not read");
      }
    }
  }

  /** Whether standard output is for a JSON document. */
  boolean printsJson() {
    return outputs.stream()
        .anyMatch(output -> output.form() == Form.JSON && output.file().isEmpty());
  }

  /** Gives the report in each form; standard output comes last, once all the rest is done. */
  void write(Run run, AccessReport report) throws InputException {
    for (Output output : outputs) {
      if (output.file().isPresent()) {
        String text = output.form().format(row).render(report);
        OutputFiles.write(
            run.world(),
            output.file().get(),
            output.form() == Form.JSON
                ? run.console().masking().maskJson(text)
                : run.console().masking().mask(text));
        run.console().note("the report is in " + output.file().get());
      }
    }
    for (Output output : outputs) {
      if (output.file().isEmpty()) {
        String text = output.form().format(row).render(report);
        if (output.form() == Form.JSON) {
          run.console().printJson(text);
        } else {
          run.console().print(text);
        }
      }
    }
  }
}
