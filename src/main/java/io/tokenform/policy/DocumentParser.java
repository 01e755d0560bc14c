package io.tokenform.policy;

import io.tokenform.access.SecretShapes;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Findings;
import io.tokenform.finding.Location;
import io.tokenform.finding.Places;
import io.tokenform.finding.SourceText;
import io.tokenform.yaml.Fields;
import io.tokenform.yaml.InvalidYamlException;
import io.tokenform.yaml.LookalikeSpaces;
import io.tokenform.yaml.Placeholders;
import io.tokenform.yaml.Values;
import io.tokenform.yaml.YamlNode;
import io.tokenform.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;

/**
 * Reads the text of a file that people write, and says everything that is wrong with it: secrets,
 * what is unclear to a reader, placeholders that were left over, what is no YAML. What a document
 * says, each kind of file reads itself.
 *
 * @param <T> what is read of the file
 */
public abstract class DocumentParser<T> {
  private final SourceText source;
  private final Findings findings = new Findings();
  private final Values values = new Values(findings);

  protected DocumentParser(SourceText source) {
    this.source = source;
  }

  /** The same parser for another form of the text. */
  protected abstract DocumentParser<T> again(SourceText text);

  /** Reads what the document says; what is wrong with it goes to the {@link #findings}. */
  protected abstract T read(Optional<YamlNode> root);

  /** What is read of a text that is no YAML. */
  protected abstract T nothing();

  /** What is kept of a document where one reason explains all that is wrong with it. */
  protected abstract T explained(T content);

  /** The content with all that is wrong with the text. */
  protected abstract T with(T content, List<Diagnostic> found);

  /** Whether a placeholder stands where such a text belongs. */
  protected boolean mayStand(Diagnostic placeholder, YamlNode root) {
    return false;
  }

  /** What people call the file, as in {@code policy}. */
  protected abstract String kind();

  protected final SourceText source() {
    return source;
  }

  protected final Findings findings() {
    return findings;
  }

  protected final Values values() {
    return values;
  }

  /** The beginning of the file. */
  protected final Location start() {
    return new Location(source, 1, 1, 1);
  }

  /** Reads the text. */
  public final T parse() {
    T content = parseOnce();
    Set<Integer> concealed = findings.concealed();
    if (concealed.stream().allMatch(source::isConcealed)) {
      return content;
    }
    // Every finding is about a text that knows which of its lines must not be shown.
    return again(source.concealing(concealed)).parse();
  }

  private T parseOnce() {
    refuseSecrets();
    WritingCheck.checkText(source, findings);
    List<Diagnostic> leftOver = Placeholders.in(source);
    T content = nothing();
    try {
      Optional<YamlNode> root = YamlReader.read(source);
      leftOver.removeIf(finding -> root.filter(node -> mayStand(finding, node)).isPresent());
      content = explained(root, leftOver);
    } catch (InvalidYamlException e) {
      boolean isOfTemplate =
          leftOver.stream().anyMatch(finding -> isAbout(finding.where().line(), e.diagnostic()));
      // Where sinks are, which may have such texts, is not known of a text that is no YAML.
      if (!isOfTemplate || source.content().contains("sinks")) {
        leftOver.removeIf(finding -> !isAbout(finding.where().line(), e.diagnostic()));
      }
      // Most of them are no YAML either, and what YAML says of them helps nobody.
      findings.addAll(leftOver.isEmpty() ? List.of(e.diagnostic()) : leftOver);
      if (e.diagnostic().where().isConcealed()) {
        findings.conceal(e.diagnostic().where());
      }
    }
    return with(content, findings.sorted());
  }

  private static boolean isAbout(int line, Diagnostic syntaxError) {
    int at = syntaxError.where().line();
    int other = syntaxError.other().map(Location::line).orElse(at);
    return line >= Math.min(at, other) && line <= Math.max(at, other);
  }

  /**
   * The file, or what explains all that is wrong with it: placeholders that were left over, or what
   * only looks like a space.
   */
  private T explained(Optional<YamlNode> root, List<Diagnostic> leftOver) {
    List<Diagnostic> before = findings.sorted();
    T content = read(root);
    List<Diagnostic> reasons = new ArrayList<>(leftOver);
    if (reasons.isEmpty() && findings.haveErrors()) {
      reasons.addAll(LookalikeSpaces.in(source));
    }
    if (reasons.isEmpty()) {
      return content;
    }
    findings.keepOnly(before);
    findings.addAll(reasons);
    return explained(content);
  }

  /** A secret in version control is lost already; comments count too. */
  private void refuseSecrets() {
    if (!SecretShapes.mayBeIn(source.content())) {
      return;
    }
    Places places = new Places(source);
    Matcher matcher = SecretShapes.matcher(source.content());
    while (matcher.find()) {
      findings.add(
          Diagnostic.secretInPolicy(
                  places.locate(matcher.start(), matcher.end() - matcher.start()),
                  "this looks like a secret, and a " + kind() + " must not contain any")
              .hint(
                  "remove it and revoke it; the history of the repository may hold it too. If it is"
                      + " an example, write <secret> in its place"));
    }
  }

  /** Checks the version of the file, which is the same for all kinds. */
  protected final void checkVersion(Fields fields, YamlNode.Mapping root) {
    Optional<YamlNode> version = fields.value("version");
    if (version.isEmpty()) {
      if (fields.mean("version")) {
        return;
      }
      findings.add(
          Diagnostic.error(Code.MISSING_KEY, root.where(), "the " + kind() + " has no version")
              .hint("add version: " + PolicyParser.VERSION));
      return;
    }
    String expected = "the version must be a number";
    if (!(version.get() instanceof YamlNode.Scalar scalar) || !scalar.isNumber()) {
      findings.add(
          (Values.isNull(version.get())
                  ? Values.missingValue(version.get(), expected)
                  : Values.wrongType(version.get(), expected))
              .hint("write " + PolicyParser.VERSION));
      return;
    }
    String text = scalar.text();
    if (!isSupported(text)) {
      findings.add(
          Diagnostic.error(
                  Code.UNSUPPORTED_VERSION,
                  version.get().where(),
                  "this is version " + text + " of the " + kind() + " language")
              .hint("this tokenform reads version " + PolicyParser.VERSION));
    }
  }

  /** Whether a number is this parser's version. To JSON and its schemas, 1.0 is the number 1. */
  private static boolean isSupported(String number) {
    String version = Integer.toString(PolicyParser.VERSION);
    return number.equals(version) || number.matches("[+]?0*" + version + "(\\.0*)?([eE][-+]?0+)?");
  }
}
