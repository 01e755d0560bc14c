package io.tokenform.planfile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.tokenform.access.Action;
import io.tokenform.access.SecretShapes;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.finding.Allowance;
import io.tokenform.finding.Code;
import io.tokenform.finding.Counterexample;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Location;
import io.tokenform.finding.Severity;
import io.tokenform.finding.SourceText;
import io.tokenform.finding.Subject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What a finding says as data, in every document that has findings: its rule, what it is about, by
 * which access an expectation fails, whether it was allowed, where it stands and what to do about
 * it.
 */
public final class FindingJson {
  private FindingJson() {}

  /**
   * Writes a finding as an object.
   *
   * @param forPeople what is done to texts for people
   */
  public static void write(JsonGenerator json, Diagnostic finding, UnaryOperator<String> forPeople)
      throws IOException {
    write(json, finding, forPeople, List.of());
  }

  /**
   * The same of a finding of a fleet.
   *
   * @param clusters the names of those in which it was found; none where it is about the fleet
   */
  public static void write(
      JsonGenerator json,
      Diagnostic finding,
      UnaryOperator<String> forPeople,
      List<String> clusters)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("severity", finding.severity().toString());
    json.writeStringField("code", finding.code().word());
    writeFacts(json, finding);
    json.writeStringField("message", forPeople.apply(finding.message()));
    writePlace(json, finding.where());
    if (finding.other().isPresent()) {
      json.writeObjectFieldStart("other");
      writePlace(json, finding.other().get());
      json.writeEndObject();
    }
    if (finding.hint().isPresent()) {
      json.writeStringField("hint", forPeople.apply(finding.hint().get()));
    }
    if (!clusters.isEmpty()) {
      json.writeArrayFieldStart("clusters");
      for (String cluster : clusters) {
        json.writeString(cluster);
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  /** Writes the fields of a place into an object. */
  static void writePlace(JsonGenerator json, Location where) throws IOException {
    json.writeStringField("file", SecretShapes.mask(where.source().name()));
    json.writeNumberField("line", where.line());
    json.writeNumberField("column", where.column());
    json.writeNumberField("length", where.length());
  }

  /**
   * Writes the fields into an object: {@code rule} and {@code allowance} where there are such;
   * {@code database}; for one token its {@code token} and {@code id}, and for several {@code
   * tokens} with both of each; {@code counterexample} where an expectation fails.
   */
  private static void writeFacts(JsonGenerator json, Diagnostic finding) throws IOException {
    if (finding.rule().isPresent()) {
      json.writeStringField("rule", finding.rule().get().toString());
    }
    List<Subject.OfToken> tokens = new ArrayList<>();
    for (Subject subject : finding.subjects()) {
      if (subject instanceof Subject.OfDatabase database) {
        json.writeStringField("database", SecretShapes.mask(database.name()));
      } else if (subject instanceof Subject.OfToken token) {
        tokens.add(token);
      }
    }
    if (tokens.size() == 1) {
      write(json, tokens.get(0));
    } else if (!tokens.isEmpty()) {
      json.writeArrayFieldStart("tokens");
      for (Subject.OfToken token : tokens) {
        json.writeStartObject();
        write(json, token);
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    if (finding.counterexample().isPresent()) {
      write(json, finding.counterexample().get());
    }
    json.writeBooleanField("allowed", finding.isAllowed());
    if (finding.isAllowed()) {
      json.writeStringField("allowance", finding.allowance().get().toString());
    }
  }

  /** Writes findings as they are, as the array {@code findings} of the open object. */
  public static void writeAll(JsonGenerator json, List<Diagnostic> findings) throws IOException {
    json.writeArrayFieldStart("findings");
    for (Diagnostic finding : findings) {
      write(json, finding, UnaryOperator.identity());
    }
    json.writeEndArray();
  }

  /**
   * The findings of an object, as {@link #writeAll} wrote them; of their files it has the names
   * alone.
   *
   * @throws IllegalArgumentException if they are something else
   */
  public static List<Diagnostic> readAll(JsonNode object) {
    Map<String, SourceText> sources = new HashMap<>();
    List<Diagnostic> findings = new ArrayList<>();
    for (JsonNode node : object.path("findings")) {
      findings.add(read(node, name -> sources.computeIfAbsent(name, FindingJson::source)));
    }
    return findings;
  }

  /** A file of which nothing but its name is known. */
  static SourceText source(String name) {
    return new SourceText(name, "");
  }

  /** One of the findings. */
  static Diagnostic read(JsonNode node, Function<String, SourceText> sources) {
    return new Diagnostic(
        severity(required(node, "severity")),
        Code.named(required(node, "code")).orElseThrow(FindingJson::notAFinding),
        subjects(node),
        counterexample(node),
        allowance(node),
        required(node, "message"),
        place(node, sources),
        node.has("other") ? Optional.of(place(node.path("other"), sources)) : Optional.empty(),
        text(node, "hint"));
  }

  /** The place that {@link #writePlace} wrote. */
  static Location place(JsonNode node, Function<String, SourceText> sources) {
    return new Location(
        sources.apply(required(node, "file")),
        node.path("line").asInt(),
        node.path("column").asInt(),
        node.path("length").asInt());
  }

  private static Severity severity(String word) {
    return Arrays.stream(Severity.values())
        .filter(severity -> severity.toString().equals(word))
        .findFirst()
        .orElseThrow(FindingJson::notAFinding);
  }

  private static String required(JsonNode node, String field) {
    return text(node, field).orElseThrow(FindingJson::notAFinding);
  }

  private static IllegalArgumentException notAFinding() {
    return new IllegalArgumentException("something that every finding has is missing");
  }

  private static void write(JsonGenerator json, Counterexample access) throws IOException {
    json.writeObjectFieldStart("counterexample");
    json.writeBooleanField("can", access.isAble());
    json.writeStringField("action", SecretShapes.mask(access.action().name()));
    json.writeArrayFieldStart("databases");
    for (String database : access.databases()) {
      json.writeString(SecretShapes.mask(database));
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Subject.OfToken token) throws IOException {
    if (token.name().isPresent()) {
      json.writeStringField("token", SecretShapes.mask(token.name().get().value()));
    }
    if (token.id().isPresent()) {
      json.writeStringField("id", token.id().get().toString());
    }
  }

  /** What a finding that {@link #write} wrote is about. */
  private static List<Subject> subjects(JsonNode node) {
    List<Subject> subjects = new ArrayList<>();
    text(node, "database").map(Subject::ofDatabase).ifPresent(subjects::add);
    for (JsonNode token : node.has("tokens") ? node.path("tokens") : List.of(node)) {
      Optional<TokenName> name = text(token, "token").map(TokenName::new);
      Optional<TokenId> id = text(token, "id").map(TokenId::parse);
      if (name.isPresent() || id.isPresent()) {
        subjects.add(new Subject.OfToken(name, id));
      }
    }
    return subjects;
  }

  /** By which access an expectation fails. */
  private static Optional<Counterexample> counterexample(JsonNode node) {
    JsonNode access = node.path("counterexample");
    return text(access, "action")
        .map(
            action -> {
              List<String> databases = new ArrayList<>();
              access.path("databases").forEach(name -> databases.add(name.asText()));
              return new Counterexample(
                  access.path("can").asBoolean(), Action.of(action), databases);
            });
  }

  /** What allowed it. */
  private static Optional<Allowance> allowance(JsonNode node) {
    return text(node, "allowance").map(Allowance::parse);
  }

  private static Optional<String> text(JsonNode node, String field) {
    return node.path(field).isTextual()
        ? Optional.of(node.path(field).textValue())
        : Optional.empty();
  }
}
