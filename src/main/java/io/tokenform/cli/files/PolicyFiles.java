package io.tokenform.cli.files;

import io.tokenform.access.FileProblem;
import io.tokenform.access.Flag;
import io.tokenform.cli.console.World;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.policy.PolicyFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Reads the files of a policy: those that were given, and for a directory every {@code *.yaml},
 * {@code *.yml} and {@code *.json} below it. A file that is met twice is read once, and a sandbox's
 * seed is no part of the directory that it lies in.
 *
 * <p>Somebody who can change the files of a policy must not be able to have other files read: a
 * link below a directory must lead to a file below it, and a seed must be in the folder of its
 * policy.
 */
public final class PolicyFiles {
  /** The file that is read where none is named. */
  public static final String USUAL_FILE = "tokens.yaml";

  /** The path that stands for standard input. */
  public static final String STANDARD_INPUT = "-";

  /** Fewer are read one after another: starting threads would take longer. */
  private static final int WORTH_THREADS = 32;

  private static final List<String> SUFFIXES = List.of(".yaml", ".yml", ".json");

  private final World world;
  private final Shared shared;
  private final List<Source> sources = new ArrayList<>();
  private final Set<Path> seen = new HashSet<>();

  private PolicyFiles(World world, Shared shared) {
    this.world = world;
    this.shared = shared;
  }

  /**
   * What several policies have in common.
   *
   * @param folder where their paths begin
   * @param prefix what stands before a path in messages
   * @param leftOut files that are no part of a directory that they lie in
   * @param files those that have been read, by their real paths
   * @param listings what was found below a directory, by its path as somebody wrote it
   * @param namer what names the paths, for people
   */
  record Shared(
      Path folder,
      String prefix,
      Set<Path> leftOut,
      Map<Path, PolicyFile> files,
      Map<String, List<PolicyPath>> listings,
      String namer) {
    private static Shared by(World world) {
      return new Shared(
          world.directory(),
          "",
          Set.of(),
          new ConcurrentHashMap<>(),
          new ConcurrentHashMap<>(),
          "-f");
    }
  }

  /**
   * Something to read.
   *
   * @param file the same for every way to name a file
   * @param folder the folder to which the paths in it are relative; where it is a link, that of the
   *     link
   * @param directory the directory below which it was found; nothing if it was named itself
   */
  private record Source(
      Path file, Path folder, Optional<Path> directory, Supplier<PolicyFile> content) {
    static Source named(Path path, Supplier<PolicyFile> content) {
      return new Source(identity(path), folder(path), Optional.empty(), content);
    }

    static Source found(Path path, Path directory, Supplier<PolicyFile> content) {
      return new Source(identity(path), folder(path), Optional.of(directory), content);
    }

    private static Path folder(Path path) {
      return path.toAbsolutePath().resolveSibling("");
    }

    boolean isSearched() {
      return directory.isPresent();
    }
  }

  /**
   * Reads the files, in the order of the paths, and of their names below a directory; what cannot
   * be read is a finding of its file.
   */
  public static List<PolicyFile> read(World world, List<String> paths) {
    return read(world, paths, Shared.by(world));
  }

  /**
   * Reads the files of one of several policies.
   *
   * @param paths relative to the folder that the policies share; none is standard input
   */
  static List<PolicyFile> read(World world, List<String> paths, Shared shared) {
    PolicyFiles files = new PolicyFiles(world, shared);
    paths.forEach(files::add);
    return files.read();
  }

  /**
   * Reads a file that is no part of the policy.
   *
   * @param hint what to do where it cannot be read
   */
  public static PolicyFile readBesides(World world, String path, String hint) {
    return read(PolicyPath.named(path, world.directory().resolve(path)), hint);
  }

  private List<PolicyFile> read() {
    boolean many = sources.size() >= WORTH_THREADS;
    Stream<Source> stream = many ? sources.parallelStream() : sources.stream();
    List<PolicyFile> files =
        stream
            .map(
                source ->
                    shared.files().computeIfAbsent(source.file(), f -> source.content().get()))
            .toList();
    Set<Path> seeds = new HashSet<>(shared.leftOut());
    for (int i = 0; i < files.size(); i++) {
      Path folder = sources.get(i).folder();
      files
          .get(i)
          .seed()
          .flatMap(seed -> path(folder, seed.value()))
          .ifPresent(seed -> seeds.add(identity(seed)));
    }
    List<PolicyFile> policies = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      if (!sources.get(i).isSearched() || !seeds.contains(sources.get(i).file())) {
        policies.add(withSeedInside(files.get(i), sources.get(i)));
      }
    }
    return policies;
  }

  /** The file, with a finding if it names a seed that is not in the policy's folder. */
  private static PolicyFile withSeedInside(PolicyFile file, Source source) {
    Path folder = source.directory().orElse(source.folder());
    return file.seed()
        .filter(
            seed ->
                path(source.folder(), seed.value())
                    .filter(path -> identity(path).startsWith(identity(folder)))
                    .isEmpty())
        .map(
            seed ->
                file.with(
                    Diagnostic.error(
                            Code.OUTSIDE_FOLDER,
                            seed.where(),
                            "this seed is outside the policy's folder")
                        .hint("put it into the folder that the policy is in")))
        .orElse(file);
  }

  private static Optional<Path> path(Path folder, String text) {
    try {
      return Optional.of(folder.resolve(text));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private void add(String path) {
    if (path.equals(STANDARD_INPUT)) {
      add(Source.named(world.directory().resolve(STANDARD_INPUT), this::standardInput));
      return;
    }
    Path file = shared.folder().resolve(path);
    if (Files.isDirectory(file)) {
      addDirectory(shared.prefix() + path, file);
    } else {
      addFile(PolicyPath.named(shared.prefix() + path, file), Optional.empty());
    }
  }

  private void addDirectory(String name, Path directory) {
    try {
      List<PolicyPath> found = shared.listings().get(name);
      if (found == null) {
        found = PolicyPath.below(name, directory, SUFFIXES);
        shared.listings().put(name, found);
      }
      found.forEach(file -> addFile(file, Optional.of(directory)));
      if (found.isEmpty()) {
        addUnreadable(
            name,
            directory,
            "this directory contains no policy",
            "it is searched for *.yaml, *.yml and *.json; what begins with a dot is left out");
      }
    } catch (IOException e) {
      addUnreadable(
          name, directory, "the directory cannot be read: " + FileProblem.of(e), "name its files");
    }
  }

  private void addUnreadable(String name, Path path, String reason, String hint) {
    add(Source.named(path, () -> PolicyFile.unreadable(name, reason, hint)));
  }

  /**
   * What else may be meant where the usual file is not there: the fleet beside it, or a policy that
   * nobody has written yet.
   */
  private static String orElse(PolicyPath path) {
    if (!path.name().equals(USUAL_FILE)) {
      return "";
    }
    return Files.exists(path.file().resolveSibling(FleetFiles.USUAL_FILE))
        ? ", or the fleet with " + Flag.FLEET + " " + FleetFiles.USUAL_FILE
        : "; tokenform init writes a first policy";
  }

  private void addFile(PolicyPath path, Optional<Path> directory) {
    switch (path.kind()) {
      case NAMED, FILE, LINK -> {
        String hint = "name the policy's files or folders with " + shared.namer() + orElse(path);
        Supplier<PolicyFile> content = () -> read(path, hint);
        add(
            directory.isPresent()
                ? Source.found(path.file(), directory.get(), content)
                : Source.named(path.file(), content));
      }
      case STRAY_LINK ->
          refuse(
              path,
              Code.OUTSIDE_FOLDER,
              "this is a link that does not lead to a policy file in the directory that "
                  + shared.namer()
                  + " names",
              "remove it, put the file itself there, or name that file with " + shared.namer());
      case NO_FILE -> refuse(path, Code.UNREADABLE_FILE, "this is a pipe or a device", "remove it");
    }
  }

  /** A file that is not read at all; it keeps its own place, wherever a link leads. */
  private void refuse(PolicyPath path, Code code, String reason, String hint) {
    Path file = path.file().toAbsolutePath();
    add(
        new Source(
            file,
            file.resolveSibling(""),
            Optional.empty(),
            () -> PolicyFile.refused(path.name(), code, reason, hint)));
  }

  private void add(Source source) {
    if (seen.add(source.file())) {
      sources.add(source);
    }
  }

  /**
   * Whether the usual file is there and is not empty. A shell makes an empty one before it starts a
   * command whose output is to go there.
   */
  public static boolean hasUsual(World world) {
    return holdsSomething(world.directory().resolve(USUAL_FILE));
  }

  /** Whether a file is there and is not an empty one; what is no regular file may hold anything. */
  public static boolean holdsSomething(Path file) {
    try {
      return Files.exists(file) && !(Files.isRegularFile(file) && Files.size(file) == 0);
    } catch (IOException e) {
      // Whoever reads it is told what is wrong with it.
      return true;
    }
  }

  /** Whether a file lies below a directory, and is taken for a part of its policy. */
  public static boolean isBelow(Path directory, Path file) {
    return file.startsWith(directory)
        && SUFFIXES.stream().anyMatch(file.toString()::endsWith)
        && StreamSupport.stream(directory.relativize(file).spliterator(), false)
            .noneMatch(name -> name.toString().startsWith("."));
  }

  /** The same path for every way to name a file. */
  public static Path identity(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      return file.toAbsolutePath().normalize();
    }
  }

  private static PolicyFile read(PolicyPath path, String hint) {
    try (InputStream in = Files.newInputStream(path.file())) {
      return read(path.name(), in);
    } catch (IOException e) {
      return PolicyFile.unreadable(path.name(), FileProblem.of(e), hint);
    }
  }

  private PolicyFile standardInput() {
    try {
      return read(STANDARD_INPUT, world.in());
    } catch (IOException e) {
      return PolicyFile.unreadable(
          STANDARD_INPUT, FileProblem.of(e), "give the policy on standard input");
    }
  }

  private static PolicyFile read(String name, InputStream in) throws IOException {
    // One byte too many is enough to refuse a file; it may have no end.
    return PolicyFile.parse(name, in.readNBytes(PolicyFile.MAX_BYTES + 1));
  }
}
