package io.tokenform.cli;

import io.tokenform.access.Secret;
import io.tokenform.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the management token. It is never an argument, which everybody on the machine can see. */
final class ManagementTokens {
  static final String VARIABLE = "INFLUX_DB_MANAGEMENT_TOKEN";

  private ManagementTokens() {}

  /** The file's content, where there is a file; the variable's otherwise. */
  static Secret find(World world, Optional<Path> file) throws InputException {
    if (file.isPresent()) {
      return check(read(world, file.get()), "the file that --management-token-file names");
    }
    String value = world.environment().getOrDefault(VARIABLE, "");
    if (value.isBlank()) {
      throw new InputException(
          "there is no management token",
          "set " + VARIABLE + ", or name a file that holds it with --management-token-file");
    }
    return check(value, VARIABLE);
  }

  /** Whether it is the sandbox's, which its documentation tells everybody. */
  static boolean isPublic(Secret token) {
    return token.reveal().equals(Sandbox.PUBLIC_MANAGEMENT_TOKEN);
  }

  private static String read(World world, Path file) throws InputException {
    try {
      return Files.readString(world.directory().resolve(file));
    } catch (IOException e) {
      throw new InputException(
          // Its name is not repeated: who takes the option for the token's own gives a secret here.
          "the file that --management-token-file names cannot be read: " + FileProblem.of(e),
          "give the name of a file that holds the token",
          e);
    }
  }

  private static Secret check(String text, String what) throws InputException {
    String token = text.strip();
    if (token.isEmpty()) {
      throw new InputException(what + " is empty", "put the token there, and nothing else");
    }
    // A line break would end the header, and other characters have no place in one.
    if (token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new InputException(
          what + " holds characters that no management token has",
          "put the token there, and nothing else");
    }
    return Secret.of(token);
  }
}
