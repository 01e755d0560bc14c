package io.tokenform.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema of fleet files, which refers to the policy's beside it, and the parser agree. */
class FleetSchemaTest {
  private static final String FOLDER =
      "https://raw.githubusercontent.com/tokenform/tokenform/main/schemas/";
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          builder ->
              builder.schemas(
                  Map.of(
                      FOLDER + "fleet.schema.json", text("fleet.schema.json"),
                      FOLDER + "policy.schema.json", text("policy.schema.json"))));
  private static final Schema SCHEMA =
      REGISTRY.getSchema(SchemaLocation.of(FOLDER + "fleet.schema.json"));

  private static final String DEDICATED =
      "product: cloud-dedicated, accountId: 11111111-1111-4111-8111-111111111111,"
          + " clusterId: 33333333-3333-4333-8333-333333333333";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{version: 1, clusters: {a: {product: sandbox, files: [tokens.yaml]}}}",
        "{version: 1.0, clusters: {a: {product: sandbox, seed: s.json, files: [a, b/c.yaml]}}}",
        "{version: 1, clusters: {A.b_c-9: {product: clustered, url: 'https://a.example.com', files:"
            + " [./a]}}}",
        "{version: 1, clusters: {a: {" + DEDICATED + ", files: [a/../b], labels: {}}}}",
        "{version: 1, clusters: {a: {"
            + DEDICATED
            + ", url: 'https://a.example.com', files: [.],"
            + " labels: {env: prod, team/x: a.b_c-d}}}, waves: [{env: prod}]}",
        "{version: 1, clusters: {a: {product: sandbox, files: ['-x', '...', '..a', '.a']}}, waves:"
            + " [a]}",
        "{version: 1, clusters: {a: {product: sandbox, files: [a]}}, waves: [['*']]}",
        "{version: 1, clusters: {a: {product: sandbox, files: [a], labels: {e: p}}}, waves: ['e=*, a',"
            + " ]}",
        "{version: 1, clusters: {a: {product: sandbox, files: [a], labels: {e: p}}}, waves:"
            + " [[{e: 'p*'}, a]]}",
      })
  void whatTheParserTakesTheSchemaTakes(String text) {
    assertThat(FleetTexts.fleet(text).clusters()).isNotEmpty();
    assertThat(SCHEMA.validate(text, InputFormat.YAML)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{version: 1}",
        "{clusters: {a: {product: sandbox, files: [a]}}}",
        "{version: 2, clusters: {a: {product: sandbox, files: [a]}}}",
        "{version: '1', clusters: {a: {product: sandbox, files: [a]}}}",
        "{version: 1, clusters: {}}",
        "{version: 1, clusters: []}",
        "{version: 1, clusters: }",
        "{version: 1, clusters: {a: }}",
        "{version: 1, clusters: {a: {}}}",
        "{version: 1, clusters: {a: {product: sandbox}}}",
        "{version: 1, clusters: {a: {files: [a]}}}",
        "{version: 1, clusters: {a: {product: sandbox, files: []}}}",
        "{version: 1, clusters: {a: {product: sandbox, files: a}}}",
        "{version: 1, clusters: {a: {product: sandbox, files: [1]}}}",
        "{version: 1, clusters: {a: {product: sandbox, files: [a, null]}}}",
        "{version: 1, clusters: {a: {product: sandbox, files: ['']}}}",
        "{version: 1, clusters: {a: {product: sandbox, files: [' ']}}}",
        "{version: 1, clusters: {a: {product: sandbox, files: ['-']}}}",
        "{version: 1, clusters: {a: {product: sandbox, files: [/etc]}}}",
        "{version: 1, clusters: {a: {product: sandbox, files: [..]}}}",
        "{version: 1, clusters: {a: {product: sandbox, files: [../b]}}}",
        "{version: 1, clusters: {a: {product: sandbox, files: [./../b]}}}",
        "{version: 1, clusters: {a: {product: sandbox, files: [a], url: 'https://a.example.com'}}}",
        "{version: 1, clusters: {a: {product: clustered, files: [a]}}}",
        "{version: 1, clusters: {a: {product: cloud-dedicated, files: [a]}}}",
        "{version: 1, clusters: {a: {product: clusterd, url: 'https://a.example.com', files: [a]}}}",
        "{version: 1, clusters: {a: {product: clustered, url: a.example.com, files: [a]}}}",
        "{version: 1, clusters: {'': {product: sandbox, files: [a]}}}",
        "{version: 1, clusters: {'a b': {product: sandbox, files: [a]}}}",
        "{version: 1, clusters: {-a: {product: sandbox, files: [a]}}}",
        "{version: 1, clusters: {a/b: {product: sandbox, files: [a]}}}",
        "{version: 1, clusters: {a: {product: sandbox, files: [a], label: {a: b}}}}",
        "{version: 1, clusters: {a: {product: sandbox, files: [a], labels: [a]}}}",
        "{version: 1, clusters: {a: {product: sandbox, files: [a], labels: {a: 1}}}}",
        "{version: 1, clusters: {a: {product: sandbox, files: [a], labels: {a: null}}}}",
        "{version: 1, clusters: {a: {product: sandbox, files: [a], labels: {a: ''}}}}",
        "{version: 1, clusters: {a: {product: sandbox, files: [a], labels: {a: 'b*'}}}}",
        "{version: 1, clusters: {a: {product: sandbox, files: [a], labels: {'a=b': c}}}}",
        "{version: 1, clusters: {a: {product: sandbox, files: [a]}}, waves: []}",
        "{version: 1, clusters: {a: {product: sandbox, files: [a]}}, waves: a}",
        "{version: 1, clusters: {a: {product: sandbox, files: [a]}}, waves: {a: b}}",
        "{version: 1, clusters: {a: {product: sandbox, files: [a]}}, waves: [{}]}",
        "{version: 1, clusters: {a: {product: sandbox, files: [a]}}, waves: [[]]}",
        "{version: 1, clusters: {a: {product: sandbox, files: [a]}}, waves: [[[a]]]}",
        "{version: 1, clusters: {a: {product: sandbox, files: [a]}}, waves: ['a b']}",
        "{version: 1, clusters: {a: {product: sandbox, files: [a]}}, waves: ['=b']}",
        "{version: 1, clusters: {a: {product: sandbox, files: [a]}}, waves: [1]}",
        "{version: 1, clusters: {a: {product: sandbox, files: [a]}}, tokens: {}}",
      })
  void whatTheParserRefusesTheSchemaRefuses(String text) {
    assertThat(FleetTexts.findings(text)).isNotEmpty();
    assertThat(SCHEMA.validate(text, InputFormat.YAML)).isNotEmpty();
  }

  /** What a schema cannot see: it neither compares values nor knows which clusters are meant. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{version: 1, clusters: {a-b: {"
            + DEDICATED
            + ", files: [a]}, a_b: {product: sandbox, files:"
            + " [a]}}}",
        "{version: 1, clusters: {a: {product: sandbox, files: [a]}, b: {product: sandbox, files:"
            + " [a]}}}",
        "{version: 1, clusters: {a: {product: sandbox, files: [a]}}, waves: [b]}",
        "{version: 1, clusters: {a: {product: sandbox, files: [a/../..]}}}",
      })
  void whatOnlyTheParserSees(String text) {
    assertThat(FleetTexts.findings(text)).isNotEmpty();
    assertThat(SCHEMA.validate(text, InputFormat.YAML)).isEmpty();
  }

  @Test
  void theSchemaIsASchemaWhoseExamplesHold() throws IOException {
    JsonNode root = new ObjectMapper().readTree(text("fleet.schema.json"));
    String dialect = SpecificationVersion.DRAFT_2020_12.getDialectId();
    assertThat(root.path("$schema").asText()).isEqualTo(dialect);
    assertThat(REGISTRY.getSchema(SchemaLocation.of(dialect)).validate(root)).isEmpty();
    for (JsonNode example : root.path("examples")) {
      assertThat(SCHEMA.validate(example)).isEmpty();
      assertThat(FleetTexts.fleet(example.toString()).waves()).hasSize(2);
    }
  }

  @Test
  void everyValueIsExplainedAndHasExamplesThatHold() throws IOException {
    JsonNode root = new ObjectMapper().readTree(text("fleet.schema.json"));
    check("", root);
  }

  private static void check(String pointer, JsonNode schema) {
    assertThat(schema.path("title").asText()).as(pointer).isNotBlank();
    assertThat(schema.path("description").asText()).as(pointer).endsWith(".");
    assertThat(schema.path("examples")).as(pointer).isNotEmpty();
    Schema own = REGISTRY.getSchema(SchemaLocation.of(FOLDER + "fleet.schema.json#" + pointer));
    for (JsonNode example : schema.path("examples")) {
      assertThat(own.validate(example)).as("%s, %s", pointer, example).isEmpty();
    }
    schema
        .path("properties")
        .properties()
        .forEach(entry -> check(pointer + "/properties/" + entry.getKey(), entry.getValue()));
    for (String keyword : new String[] {"items", "additionalProperties"}) {
      if (schema.path(keyword).isObject()) {
        check(pointer + "/" + keyword, schema.get(keyword));
      }
    }
  }

  private static String text(String name) {
    try {
      return Files.readString(Path.of("schemas", name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
