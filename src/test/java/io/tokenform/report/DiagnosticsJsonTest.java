package io.tokenform.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.finding.Allowance;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Guardrail;
import io.tokenform.finding.Location;
import io.tokenform.finding.SourceText;
import io.tokenform.finding.Subject;
import io.tokenform.report.text.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiagnosticsJsonTest {
  private static final Path SCHEMA = Path.of("schemas/diagnostics.schema.json");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SECRET = "apiv1_" + "A1b2C3d4".repeat(4);

  private static final SourceText SOURCE = new SourceText("tokens.yaml", "version: 1\n");

  @Test
  void everythingThatIsKnownOfAFindingIsInTheDocument() throws IOException {
    Location where = new Location(SOURCE, 5, 3, 10);
    Diagnostic error =
        Diagnostic.error(Code.DUPLICATE_TOKEN, where, "the token \"a\" appears twice")
            .alsoAt(new Location(new SourceText("b.yaml", ""), 2, 1, 0))
            .hint("rename one of them");
    Diagnostic warning = Diagnostic.warning(Code.UNUSED_ROLE, where, "no token has this role");
    TokenName name = new TokenName("b");
    TokenId id = TokenId.parse("55555555-5555-4555-8555-555555555555");
    Diagnostic allowed =
        Diagnostic.of(Guardrail.LOCKOUT, where, "\"b\" would lose all its access")
            .about(Subject.of(name, id))
            .allowedBy(Allowance.of(Guardrail.LOCKOUT, name));
    Diagnostic several =
        Diagnostic.of(Guardrail.UNKNOWN_DATABASE, where, "there is no database \"orders\"")
            .about(Subject.ofDatabase("orders"), Subject.of(name), Subject.of(id));

    String document = rendered(List.of(error, warning, allowed, several));

    assertThat(document)
        .isEqualTo(
            """
            {
              "version" : 1,
              "valid" : false,
              "errors" : 1,
              "warnings" : 3,
              "findings" : [
                {
                  "severity" : "error",
                  "code" : "duplicate-token",
                  "allowed" : false,
                  "message" : "the token \\"a\\" appears twice",
                  "file" : "tokens.yaml",
                  "line" : 5,
                  "column" : 3,
                  "length" : 10,
                  "other" : {
                    "file" : "b.yaml",
                    "line" : 2,
                    "column" : 1,
                    "length" : 1
                  },
                  "hint" : "rename one of them"
                },
                {
                  "severity" : "warning",
                  "code" : "unused-role",
                  "allowed" : false,
                  "message" : "no token has this role",
                  "file" : "tokens.yaml",
                  "line" : 5,
                  "column" : 3,
                  "length" : 10
                },
                {
                  "severity" : "warning",
                  "code" : "lockout",
                  "rule" : "lockout",
                  "token" : "b",
                  "id" : "55555555-5555-4555-8555-555555555555",
                  "allowed" : true,
                  "allowance" : "lockout:b",
                  "message" : "\\"b\\" would lose all its access",
                  "file" : "tokens.yaml",
                  "line" : 5,
                  "column" : 3,
                  "length" : 10
                },
                {
                  "severity" : "warning",
                  "code" : "unknown-database",
                  "rule" : "unknown-database",
                  "database" : "orders",
                  "tokens" : [
                    {
                      "token" : "b"
                    },
                    {
                      "id" : "55555555-5555-4555-8555-555555555555"
                    }
                  ],
                  "allowed" : false,
                  "message" : "there is no database \\"orders\\"",
                  "file" : "tokens.yaml",
                  "line" : 5,
                  "column" : 3,
                  "length" : 10
                }
              ]
            }
            """);
  }

  @Test
  void aPolicyWithoutErrorsIsValid() throws IOException {
    assertThat(JSON.readTree(rendered(List.of())))
        .isEqualTo(
            JSON.readTree(
                """
                {"version": 1, "valid": true, "errors": 0, "warnings": 0, "findings": []}
                """));
    Diagnostic warning =
        Diagnostic.warning(Code.UNUSED_ROLE, new Location(SOURCE, 1, 1, 1), "unused");
    assertThat(JSON.readTree(rendered(List.of(warning))).path("valid").booleanValue()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("io.tokenform.finding.Code#values")
  void everyCodeFitsTheSchema(Code code) throws IOException {
    rendered(List.of(Diagnostic.error(code, new Location(SOURCE, 1, 1, 1), "no")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u001b[2J\u009b31m\u0000\u0007\u007f",
        "\u202e\u2066\u200b\ufeff\u2028",
        "\r\n::error::x",
        "\"}], \"valid\": true, \\",
        "\ud800",
        "\ud83d\ude00 Gr\u00fc\u00dfe \u6f22",
      })
  void theDocumentIsAsciiAndTheFileIsExact(String hostile) throws IOException {
    SourceText source = new SourceText(hostile + ".yaml", hostile);
    Diagnostic finding =
        Diagnostic.error(Code.UNKNOWN_KEY, new Location(source, 1, 1, 1), hostile)
            .alsoAt(new Location(source, 1, 1, 1))
            .hint(hostile);

    String document = rendered(List.of(finding));

    assertThat(document).matches("[ -~\n]+");
    JsonNode read = JSON.readTree(document).path("findings").path(0);
    assertThat(read.path("file").textValue()).isEqualTo(hostile + ".yaml");
    assertThat(read.path("other").path("file").textValue()).isEqualTo(hostile + ".yaml");
    assertThat(read.path("message").textValue()).isEqualTo(Printable.line(hostile));
    assertThat(read.path("hint").textValue()).isEqualTo(Printable.line(hostile));
  }

  @Test
  void secretsAreMaskedEverywhere() throws IOException {
    SourceText source = new SourceText(SECRET + ".yaml", SECRET);
    Diagnostic finding =
        Diagnostic.error(Code.UNKNOWN_KEY, new Location(source, 1, 1, 1), "no " + SECRET)
            .alsoAt(new Location(source, 1, 1, 1))
            .hint("quote it: " + SECRET);
    assertThat(rendered(List.of(finding))).contains("[secret]").doesNotContain("A1b2");
  }

  @Test
  void theSchemaListsTheCodesInTheirOrder() throws IOException {
    JsonNode codes = JSON.readTree(SCHEMA.toFile()).at("/$defs/finding/properties/code/enum");
    assertThat(codes).map(JsonNode::textValue).containsExactlyElementsOf(Code.words());
  }

  @Test
  void everyFieldOfTheSchemaIsDescribed() throws IOException {
    JsonNode schema = JSON.readTree(SCHEMA.toFile());
    for (JsonNode object :
        List.of(
            schema.at("/$defs/report"),
            schema.at("/$defs/failure"),
            schema.at("/$defs/finding"),
            schema.at("/$defs/place"))) {
      assertThat(object.path("additionalProperties").isBoolean()).isTrue();
      for (Map.Entry<String, JsonNode> field : object.path("properties").properties()) {
        String reference = field.getValue().path("$ref").asText("#").substring(1);
        assertThat(field.getValue().has("description") || schema.at(reference).has("description"))
            .as(field.getKey())
            .isTrue();
      }
    }
  }

  /** The document, which fits the schema. */
  private static String rendered(List<Diagnostic> findings) throws IOException {
    String document = DiagnosticsJson.render(findings);
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(SCHEMA));
    assertThat(schema.validate(document, InputFormat.JSON)).as(document).isEmpty();
    return document;
  }
}
