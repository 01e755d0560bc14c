package io.tokenform.cli.complete;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The shells in which command lines are completed, each with a script of its own. */
public enum Shell {
  BASH("tokenform.bash"),
  ZSH("_tokenform"),
  FISH("tokenform.fish");

  private final String script;

  Shell(String script) {
    this.script = script;
  }

  /** The script that a user's shell reads. */
  public String script() {
    try (InputStream text = Shell.class.getResourceAsStream(script)) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the jar cannot be read", e);
    }
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads a shell by its name. */
  public static final class Converter implements ITypeConverter<Shell>, Completable {
    @Override
    public Shell convert(String word) {
      return Arrays.stream(values())
          .filter(shell -> shell.toString().equals(word))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "\""
                          + word
                          + "\" is not a shell that tokenform has completions for; those are bash,"
                          + " zsh and fish"));
    }

    @Override
    public List<String> words(Surroundings surroundings) {
      return Arrays.stream(values()).map(Shell::toString).toList();
    }
  }
}
