package io.tokenform.program;

import io.tokenform.access.Os;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Which files of a folder a git repository tracks. */
public final class GitIndex {
  private static final long LONGEST_SECONDS = 10;

  /** What the repository's own settings must not have run, and where a repository must not be. */
  private static final List<String> ARGUMENTS =
      List.of(
          "-c",
          "core.fsmonitor=false",
          "-c",
          "core.hooksPath=/dev/null",
          "-c",
          "safe.bareRepository=explicit",
          "ls-files",
          "-z");

  /** What git needs to be found, to run, and to find the user's settings. */
  private static final Set<String> VARIABLES = Set.of("PATH", "HOME", "SYSTEMROOT", "USERPROFILE");

  private GitIndex() {}

  /**
   * The names of the tracked files in a folder; none where it is in no repository, or there is no
   * git here, which could not have brought a commit either.
   *
   * @return nothing if git does not say
   */
  public static Optional<Set<String>> namesIn(Path folder) {
    return namesIn(folder, Os.CURRENT.variables(System.getenv()));
  }

  /**
   * @param variables where to look for git, and what it may know
   */
  static Optional<Set<String>> namesIn(Path folder, Map<String, String> variables) {
    if (!isInRepository(folder)) {
      return Optional.of(Set.of());
    }
    // A git in the folder itself may come from a commit.
    Optional<Path> program = new Program("git").find(variables, folder);
    if (program.isEmpty()) {
      return Optional.of(Set.of());
    }
    List<String> command = new ArrayList<>(List.of(program.get().toString()));
    command.addAll(ARGUMENTS);
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    // git must not get the management token, and GIT_DIR would name another repository.
    Map<String, String> environment = builder.environment();
    environment.clear();
    variables.forEach(
        (name, value) -> {
          if (VARIABLES.contains(name)) {
            environment.put(name, value);
          }
        });
    environment.put("LC_ALL", "C");
    environment.put("GIT_OPTIONAL_LOCKS", "0");
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process git;
    try {
      git = builder.start();
    } catch (IOException e) {
      return Optional.of(Set.of());
    }
    try {
      git.getOutputStream().close();
      CompletableFuture<byte[]> output = CompletableFuture.supplyAsync(() -> read(git));
      if (!git.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS) || git.exitValue() != 0) {
        return Optional.empty();
      }
      String names =
          new String(output.get(LONGEST_SECONDS, TimeUnit.SECONDS), StandardCharsets.UTF_8);
      return Optional.of(new LinkedHashSet<>(Arrays.asList(names.split("\0"))));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (IOException | ExecutionException | TimeoutException e) {
      return Optional.empty();
    } finally {
      git.destroyForcibly();
    }
  }

  private static boolean isInRepository(Path folder) {
    try {
      for (Path next = folder.toRealPath(); next != null; next = next.getParent()) {
        if (Files.exists(next.resolve(".git"))) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static byte[] read(Process git) {
    try {
      return git.getInputStream().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
