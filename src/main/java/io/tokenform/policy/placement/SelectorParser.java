package io.tokenform.policy.placement;

import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Findings;
import io.tokenform.finding.Located;
import io.tokenform.yaml.Fields;
import io.tokenform.yaml.Values;
import io.tokenform.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads labels and selectors, as they stand in a policy and in a fleet file. */
public final class SelectorParser {
  private static final String LABEL_FORM =
      "a label has letters from A to Z, digits, \".\", \"_\", \"-\" and \"/\", and begins with a"
          + " letter or a digit";

  private final Findings findings;
  private final Values values;

  public SelectorParser(Findings findings) {
    this.findings = findings;
    this.values = new Values(findings);
  }

  /**
   * A selector, a map of labels which must all hold, or a list of these.
   *
   * @param key what the value is called
   */
  public List<Located<ClusterSelector>> selectors(YamlNode node, String key) {
    if (!(node instanceof YamlNode.Sequence list)) {
      return selector(node, key).stream().toList();
    }
    if (list.items().isEmpty()) {
      findings.add(empty(node, key + " must be a list", "name a cluster in it, or remove it"));
    }
    List<Located<ClusterSelector>> selectors = new ArrayList<>();
    list.items().forEach(item -> selector(item, "a selector").ifPresent(selectors::add));
    return selectors;
  }

  /** The finding that a list or a map has nothing in it. */
  public static Diagnostic empty(YamlNode node, String expected, String hint) {
    return Diagnostic.error(Code.MISSING_VALUE, node.where(), expected + ", but this one is empty")
        .hint(hint);
  }

  private Optional<Located<ClusterSelector>> selector(YamlNode node, String what) {
    if (node instanceof YamlNode.Mapping labels) {
      if (labels.entries().isEmpty()) {
        findings.add(
            empty(node, what + " must be a map of labels", "write LABEL: VALUE, or remove it"));
        return Optional.empty();
      }
      SortedMap<String, String> read = labels(labels, true);
      return read.isEmpty()
          ? Optional.empty()
          : Optional.of(new Located<>(ClusterSelector.of(read), node.where()));
    }
    if (node instanceof YamlNode.Sequence || Values.isNull(node)) {
      String expected = what + " must be a string or a map of labels";
      findings.add(
          Values.isNull(node)
              ? Values.missingValue(node, expected)
              : Values.wrongType(node, expected).hint(ClusterSelector.FORM));
      return Optional.empty();
    }
    return values
        .words(node, what)
        .flatMap(
            text -> {
              try {
                return Optional.of(
                    new Located<>(ClusterSelector.parse(text.value()), text.where()));
              } catch (IllegalArgumentException e) {
                findings.add(
                    Diagnostic.error(
                            Code.BAD_SELECTOR,
                            text.where(),
                            "this does not say which clusters are meant: " + e.getMessage())
                        .hint(ClusterSelector.FORM));
                return Optional.empty();
              }
            });
  }

  /**
   * Labels with their values; those that are wrong are left out.
   *
   * @param arePatterns whether a value may have a {@code *} for any text
   */
  public SortedMap<String, String> labels(YamlNode.Mapping labels, boolean arePatterns) {
    SortedMap<String, String> read = new TreeMap<>();
    Map<String, YamlNode.Entry> entries =
        Fields.byKey(labels, Code.DUPLICATE_KEY, "the label", "keep one of them", findings);
    entries.forEach(
        (key, entry) -> {
          if (!Place.isLabel(key)) {
            findings.add(
                Diagnostic.error(
                        Code.BAD_SELECTOR, entry.key().where(), "\"" + key + "\" cannot be a label")
                    .hint(LABEL_FORM));
          }
          Optional<Located<String>> value = values.string(entry.value(), "a label's value");
          Optional<Located<String>> wrong =
              value.filter(
                  text ->
                      !(arePatterns
                          ? ClusterSelector.isValue(text.value())
                          : Place.isLabel(text.value())));
          wrong.ifPresent(
              text ->
                  findings.add(
                      Diagnostic.error(
                              Code.BAD_SELECTOR,
                              text.where(),
                              "\"" + text.value() + "\" cannot be a label's value")
                          .hint(LABEL_FORM)));
          if (Place.isLabel(key) && wrong.isEmpty()) {
            value.ifPresent(text -> read.put(key, text.value()));
          }
        });
    return read;
  }
}
