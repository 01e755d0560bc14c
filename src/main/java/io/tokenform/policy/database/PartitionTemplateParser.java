package io.tokenform.policy.database;

import io.tokenform.access.database.PartitionPart;
import io.tokenform.access.database.PartitionTemplate;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Findings;
import io.tokenform.finding.Located;
import io.tokenform.yaml.Fields;
import io.tokenform.yaml.Keys;
import io.tokenform.yaml.Values;
import io.tokenform.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a partition template: a list of the parts that the Management API describes. */
final class PartitionTemplateParser {
  private static final String EXAMPLE =
      "[{type: tag, value: region}, {type: time, value: \"%Y-%m\"}]";
  private static final String OF_BUCKET = "{tagName: TAG, numberOfBuckets: 100}";
  private static final String NOT_CHANGED =
      "; a template counts when a database is created, and cannot be changed later";

  private static final List<String> TYPES = List.of("tag", "time", "bucket");

  private static final Keys OF_PART =
      new Keys(
          List.of("type", "value"),
          Map.of("kind", "type", "format", "value", "name", "value"),
          Map.of(
              "tag", "write {type: tag, value: TAG}",
              "time", "write {type: time, value: \"%Y-%m-%d\"}",
              "bucket", "write {type: bucket, value: " + OF_BUCKET + "}",
              "tagName", "it belongs below value: {type: bucket, value: " + OF_BUCKET + "}",
              "numberOfBuckets",
                  "it belongs below value: {type: bucket, value: " + OF_BUCKET + "}"));

  private static final Keys OF_BUCKETS =
      new Keys(
          List.of("tagName", "numberOfBuckets"),
          Map.of("tag", "tagName", "name", "tagName", "buckets", "numberOfBuckets"),
          Map.of());

  private final Findings findings;
  private final Values values;

  PartitionTemplateParser(Findings findings) {
    this.findings = findings;
    this.values = new Values(findings);
  }

  Optional<Located<PartitionTemplate>> parse(YamlNode node) {
    if (!(node instanceof YamlNode.Sequence sequence)) {
      String expected = "partitionTemplate must be a list of parts";
      findings.add(
          (Values.isNull(node)
                  ? Values.missingValue(node, expected)
                  : Values.wrongType(node, expected))
              .hint("write " + EXAMPLE));
      return Optional.empty();
    }
    List<PartitionPart> parts = new ArrayList<>();
    for (YamlNode item : sequence.items()) {
      part(item).ifPresent(parts::add);
    }
    if (parts.size() < sequence.items().size()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Located<>(new PartitionTemplate(parts), node.where()));
    } catch (IllegalArgumentException e) {
      findings.add(
          Diagnostic.error(Code.BAD_TEMPLATE, node.where(), e.getMessage())
              .hint("write 1 to 8 parts, each once, as in " + EXAMPLE + NOT_CHANGED));
      return Optional.empty();
    }
  }

  private Optional<PartitionPart> part(YamlNode node) {
    Optional<YamlNode.Mapping> mapping =
        values.mapping(node, "a part of a template", "{type: tag, value: TAG}");
    if (mapping.isEmpty()) {
      return Optional.empty();
    }
    Fields fields = Fields.of(mapping.get(), "a part of a template", OF_PART, findings);
    for (String key : OF_PART.known()) {
      // A key that is not known may stand where the right one should.
      if (!fields.mean(key) && !fields.hasUnknownKeys()) {
        findings.add(
            Diagnostic.error(
                    Code.MISSING_KEY, node.where(), "this part of a template has no " + key)
                .hint("write {type: tag, value: TAG}, or type: time or bucket"));
      }
    }
    Optional<Located<String>> type =
        fields.value("type").flatMap(value -> values.word(value, "type", Code.BAD_TEMPLATE, TYPES));
    Optional<YamlNode> value = fields.value("value");
    if (type.isEmpty() || value.isEmpty()) {
      return Optional.empty();
    }
    return switch (type.get().value()) {
      case "tag" -> text(value.get(), "a tag's name").map(PartitionPart.Tag::new);
      case "time" -> text(value.get(), "a form of time").map(PartitionPart.Time::new);
      default -> bucket(value.get());
    };
  }

  private Optional<PartitionPart> bucket(YamlNode node) {
    Optional<YamlNode.Mapping> mapping = values.mapping(node, "the value of a bucket", OF_BUCKET);
    if (mapping.isEmpty()) {
      return Optional.empty();
    }
    Fields fields = Fields.of(mapping.get(), "the value of a bucket", OF_BUCKETS, findings);
    for (String key : OF_BUCKETS.known()) {
      if (!fields.mean(key)) {
        findings.add(
            Diagnostic.error(Code.MISSING_KEY, node.where(), "this bucket has no " + key)
                .hint("write " + OF_BUCKET));
      }
    }
    Optional<String> tag = fields.value("tagName").flatMap(value -> text(value, "a tag's name"));
    Optional<Integer> buckets =
        fields
            .value("numberOfBuckets")
            .flatMap(
                value ->
                    values.wholeNumber(value, "numberOfBuckets", 1, PartitionPart.MAX_BUCKETS));
    return tag.flatMap(name -> buckets.map(number -> new PartitionPart.Bucket(name, number)));
  }

  private Optional<String> text(YamlNode node, String what) {
    Optional<Located<String>> text = values.string(node, what);
    if (text.isPresent() && text.get().value().isEmpty()) {
      findings.add(
          Diagnostic.error(Code.MISSING_VALUE, node.where(), what + " must not be empty")
              .hint("give it, or remove this part"));
      return Optional.empty();
    }
    return text.map(Located::value);
  }
}
