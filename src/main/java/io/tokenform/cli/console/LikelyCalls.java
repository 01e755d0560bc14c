package io.tokenform.cli.console;

import io.tokenform.access.Flag;
import io.tokenform.cluster.HeadStart;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What calls a command line is likely to make, guessed before it is understood. A wrong guess costs
 * some time, or saves none; nothing else hangs on it.
 */
enum LikelyCalls {
  NONE(Optional.empty()),
  PLAIN(Optional.of(HeadStart.Need.PLAIN)),
  ENCRYPTED(Optional.of(HeadStart.Need.TLS)),
  ENCRYPTED_TRUSTING_OTHERS(Optional.of(HeadStart.Need.TLS_TRUSTING_OTHERS));

  private static final Set<String> CONNECTING =
      Set.of(
          "plan",
          "apply",
          "rollback",
          "export",
          "snapshot",
          "report",
          "who-can",
          "token",
          "doctor",
          "database");

  /** What makes a command say something and end, or read a file in the place of a cluster. */
  private static final Set<String> WITHOUT_CALLS = Set.of("--help", "-h", Flag.LIVE);

  /** Where one of them is given, Java's own certificates may not be used. */
  private static final Set<String> OTHER_TRUST = Set.of("--ca-file", "--insecure", "--client-cert");

  private static final String URL_VARIABLE = "INFLUX_DB_INSTANCE_URL";

  private static final String USUAL_POLICY = "tokens.yaml";

  /** In bytes: which cluster a policy is for stands at its beginning. */
  private static final int BEGINNING = 4096;

  private final Optional<HeadStart.Need> need;

  LikelyCalls(Optional<HeadStart.Need> need) {
    this.need = need;
  }

  static LikelyCalls of(String[] args, World world) {
    List<String> words = Arrays.asList(args);
    if (words.isEmpty() || !CONNECTING.contains(words.get(0))) {
      return NONE;
    }
    boolean hasOtherTrust = false;
    for (String word : words) {
      if (WITHOUT_CALLS.contains(word)) {
        return NONE;
      }
      hasOtherTrust |= OTHER_TRUST.contains(option(word));
    }
    String url = after(words, Flag.URL);
    if (url == null) {
      url = world.environment().get(URL_VARIABLE);
    }
    if (url != null) {
      return url.startsWith("http:") ? PLAIN : encrypted(hasOtherTrust);
    }
    String policy = after(words, "-f");
    return mentionsSandbox(world, policy == null ? USUAL_POLICY : policy)
        ? PLAIN
        : encrypted(hasOtherTrust);
  }

  private static LikelyCalls encrypted(boolean hasOtherTrust) {
    return hasOtherTrust ? ENCRYPTED_TRUSTING_OTHERS : ENCRYPTED;
  }

  HeadStart headStart() {
    return need.isPresent() ? HeadStart.begin(need.get()) : HeadStart.none();
  }

  private static String option(String word) {
    int end = word.indexOf('=');
    return end < 0 ? word : word.substring(0, end);
  }

  /** What follows an option, as a word of its own or after "="; null if nothing does. */
  private static String after(List<String> words, String option) {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals(option)) {
        return i + 1 < words.size() ? words.get(i + 1) : null;
      }
      if (word.startsWith(option) && word.startsWith("=", option.length())) {
        return word.substring(option.length() + 1);
      }
    }
    return null;
  }

  /** Never of a pipe, for what is read of one is gone. */
  private static boolean mentionsSandbox(World world, String policy) {
    try {
      Path file = world.directory().resolve(policy);
      if (!Files.isRegularFile(file)) {
        return false;
      }
      try (InputStream in = Files.newInputStream(file)) {
        return new String(in.readNBytes(BEGINNING), StandardCharsets.UTF_8).contains("sandbox");
      }
    } catch (IOException | InvalidPathException e) {
      return false;
    }
  }
}
