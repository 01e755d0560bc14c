package io.tokenform.cli.options;

import io.tokenform.access.BoundedFile;
import io.tokenform.access.ClusterAddress;
import io.tokenform.access.Masking;
import io.tokenform.access.Secret;
import io.tokenform.cli.console.Console;
import io.tokenform.cli.console.InputException;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.console.SecretVariables;
import io.tokenform.cli.console.World;
import io.tokenform.cli.files.EncodedText;
import io.tokenform.cli.files.FileProblem;
import io.tokenform.cluster.settings.Profile;
import io.tokenform.finding.Diagnostic;
import io.tokenform.policy.Policy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the management token: where a flag says, in its variable, in the profile, and last in the
 * variable of the Terraform provider. It is never an argument, which everybody on the machine can
 * see.
 */
public final class ManagementTokens {
  /** Also those that word processors make of the plain ones. */
  private static final String QUOTATION_MARKS = "\"'`\u201c\u201d\u2018\u2019\u00ab\u00bb";

  private ManagementTokens() {}

  /** Whether a flag or the variable gives it, so that nothing else is asked. */
  static boolean isGiven(World world, TokenOptions options) {
    return options.given().isPresent()
        || !variable(world, SecretVariables.MANAGEMENT_TOKEN).isEmpty();
  }

  /**
   * Where the management token for a cluster would be found; nothing is read and nothing is run.
   */
  static Optional<String> origin(
      World world, TokenOptions options, Optional<Profile> profile, ClusterAddress cluster) {
    return options
        .given()
        .or(
            () ->
                Optional.of(SecretVariables.MANAGEMENT_TOKEN)
                    .filter(name -> !variable(world, name).isEmpty()))
        .or(() -> profile.filter(used -> used.token().isPresent()).map(Profile::origin))
        .or(
            () ->
                Optional.of(SecretVariables.TERRAFORM)
                    .filter(name -> !variable(world, name).isEmpty())
                    .filter(name -> TerraformNames.mayOpen(world, cluster)));
  }

  /** The management token for a cluster; from now on nothing prints it. */
  static FoundToken find(
      Run run, TokenOptions options, Optional<Profile> profile, ClusterAddress cluster)
      throws InputException {
    Optional<FoundToken> flagged = ofFlag(run, options);
    if (flagged.isPresent()) {
      return flagged.get();
    }
    Optional<FoundToken> own = ofVariable(run, SecretVariables.MANAGEMENT_TOKEN);
    if (own.isPresent()) {
      return own.get();
    }
    if (profile.isPresent() && profile.get().token().isPresent()) {
      return ofProfile(run, profile.get());
    }
    String provider = variable(run.world(), SecretVariables.TERRAFORM);
    if (!provider.isEmpty() && TerraformNames.mayOpen(run.world(), cluster)) {
      run.console().note("the management token comes from " + SecretVariables.TERRAFORM);
      return check(run.console(), provider, SecretVariables.TERRAFORM, SecretVariables.TERRAFORM);
    }
    throw new InputException(
        "there is no management token"
            + profile.map(used -> ": the " + used.origin() + " has no mgmt_token").orElse(""),
        "set "
            + SecretVariables.MANAGEMENT_TOKEN
            + ", or name a file that holds it with "
            + TokenOptions.FILE
            + (profile.isPresent()
                ? " or a command that prints it with " + TokenOptions.COMMAND
                : ", a command that prints it with "
                    + TokenOptions.COMMAND
                    + ", or a profile of influxctl with --profile"));
  }

  /** That of the file or the command that a flag names, if one is given. */
  static Optional<FoundToken> ofFlag(Run run, TokenOptions options) throws InputException {
    if (options.file().isPresent()) {
      return Optional.of(
          check(
              run.console(),
              read(run.world(), options.file().get()),
              "the file that " + TokenOptions.FILE + " names",
              TokenOptions.FILE));
    }
    if (options.command().isPresent()) {
      return Optional.of(
          check(
              run.console(),
              new ManagementTokenCommand(run, ManagementTokenCommand.TIMEOUT)
                  .run(options.command().get()),
              "what the command of " + TokenOptions.COMMAND + " printed",
              TokenOptions.COMMAND));
    }
    return Optional.empty();
  }

  /** That of a variable, if it is set; from now on nothing prints it. */
  public static Optional<FoundToken> ofVariable(Run run, String name) throws InputException {
    String value = variable(run.world(), name);
    return value.isEmpty()
        ? Optional.empty()
        : Optional.of(check(run.console(), value, name, name));
  }

  /** That of a profile, which has one; from now on nothing prints it. */
  public static FoundToken ofProfile(Run run, Profile profile) throws InputException {
    return check(
        run.console(),
        profile.token().orElseThrow().reveal(),
        "mgmt_token of the " + profile.origin(),
        profile.origin());
  }

  /** Whether a variable holds one. */
  public static boolean isSet(World world, String name) {
    return !variable(world, name).isEmpty();
  }

  private static String variable(World world, String name) {
    String value = world.environment().getOrDefault(name, "");
    return value.isBlank() ? "" : value;
  }

  /** The finding that a policy holds the management token, or another secret of this run. */
  static Optional<Diagnostic> disclosed(Policy policy, Secret token, Console console) {
    Optional<Diagnostic> any =
        policy.disclosing(console.masking(), "a secret that this run was given");
    if (any.isEmpty() || SecretVariables.isPublic(token)) {
      return any;
    }
    Masking own = new Masking();
    own.keep(token);
    return policy.disclosing(own, "the management token").or(() -> any);
  }

  private static String read(World world, Path file) throws InputException {
    try {
      byte[] bytes =
          BoundedFile.read(world.directory().resolve(file), ManagementTokenCommand.LONGEST);
      return EncodedText.decode(bytes);
    } catch (BoundedFile.TooLargeException e) {
      throw new InputException(
          "the file that --management-token-file names holds more than a token",
          "put the token there, and nothing else",
          e);
    } catch (IOException e) {
      throw new InputException(
          // Its name is not repeated: who takes the option for the token's own gives a secret here.
          "the file that --management-token-file names cannot be read: " + FileProblem.of(e),
          "give the name of a file that holds the token",
          e);
    }
  }

  /** What is found in any text cannot be kept out of it without hiding what the text says. */
  private static void warnIfWeak(Console console, String token) {
    if (token.length() < Secret.SHORTEST_MASKED) {
      console.warning(
          "the management token has fewer than "
              + Secret.SHORTEST_MASKED
              + " characters, and is not masked in what is printed and written",
          Optional.of("use a longer one"));
    }
  }

  private static FoundToken check(Console console, String text, String what, String origin)
      throws InputException {
    String token = EncodedText.unmarked(text).strip();
    console.keepSecret(Secret.of(token));
    if (token.isEmpty()) {
      throw new InputException(what + " is empty", "put the token there, and nothing else");
    }
    requireBare(console, token, what);
    String unquoted = unquoted(token);
    String alone = withoutScheme(unquoted);
    console.keepSecret(Secret.of(unquoted));
    console.keepSecret(Secret.of(alone));
    if (!unquoted.equals(token)) {
      throw new InputException(
          what + " is in quotation marks", "leave them out: put the token there, and nothing else");
    }
    if (!alone.equals(token)) {
      throw new InputException(
          what + " begins with words of a header, such as Bearer",
          "leave them out: put the token there, and nothing else");
    }
    // A line break would end the header, and other characters have no place in one.
    if (token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new InputException(
          what + " contains characters that no management token has",
          "put the token there, and nothing else");
    }
    warnIfWeak(console, token);
    return new FoundToken(Secret.of(token), origin);
  }

  /** Refuses a line of a shell's or a tool's settings, and JSON, whose token is a part of them. */
  private static void requireBare(Console console, String text, String what) throws InputException {
    if (text.startsWith("{") && text.endsWith("}") && text.indexOf('"') > 0) {
      throw new InputException(
          what + " looks like JSON, and not like a token",
          "put the token there, and nothing else, as jq -r prints it");
    }
    int equals = text.indexOf('=');
    if (equals < 0) {
      return;
    }
    String name = text.substring(0, equals).strip();
    for (String word : new String[] {"export ", "set ", "$env:"}) {
      if (name.regionMatches(true, 0, word, 0, word.length())) {
        name = name.substring(word.length()).strip();
      }
    }
    String value = text.substring(equals + 1).strip();
    // What ends in = is base64.
    if (isSettingName(name) && !value.isEmpty() && !value.startsWith("=")) {
      console.keepSecret(Secret.of(value));
      console.keepSecret(Secret.of(unquoted(value)));
      throw new InputException(
          what + " looks like a setting, NAME=TOKEN, and not like a token",
          "leave out the name and the =: put the token there, and nothing else");
    }
  }

  /** Whether it is a variable's name in capitals, or one that says that a secret follows. */
  private static boolean isSettingName(String name) {
    if (name.isEmpty()
        || !name.chars().allMatch(c -> c == '_' || (c < 128 && Character.isLetterOrDigit(c)))
        || Character.isDigit(name.charAt(0))) {
      return false;
    }
    String capitals = name.toUpperCase(Locale.ROOT);
    return name.equals(capitals) || capitals.endsWith("TOKEN") || capitals.endsWith("KEY");
  }

  /** Without the quotation marks that a variable's file or a copied text may have around it. */
  private static String unquoted(String token) {
    int start = 0;
    int end = token.length();
    while (start < end && QUOTATION_MARKS.indexOf(token.charAt(start)) >= 0) {
      start++;
    }
    while (end > start && QUOTATION_MARKS.indexOf(token.charAt(end - 1)) >= 0) {
      end--;
    }
    return token.substring(start, end).strip();
  }

  /** Without what stands before a token in the header that it is sent in. */
  private static String withoutScheme(String token) {
    String rest = token;
    for (String word : new String[] {"Authorization:", "Bearer ", "Token "}) {
      if (rest.regionMatches(true, 0, word, 0, word.length())) {
        rest = rest.substring(word.length()).strip();
      }
    }
    return rest;
  }
}
