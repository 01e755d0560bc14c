package io.tokenform.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.tokenform.finding.Guardrail;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.finding.SourceText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema of platform files, which refers to the policy's beside it, and the parser agree. */
class PlatformSchemaTest {
  private static final String FOLDER =
      "https://raw.githubusercontent.com/tokenform/tokenform/main/schemas/";
  static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(
              SpecificationVersion.DRAFT_2020_12,
              builder ->
                  builder.schemas(
                      Map.of(
                          FOLDER + "platform.schema.json", text("platform.schema.json"),
                          FOLDER + "policy.schema.json", text("policy.schema.json"))))
          .getSchema(SchemaLocation.of(FOLDER + "platform.schema.json"));

  private static final String DEDICATED =
      "{product: cloud-dedicated, accountId: 11111111-1111-4111-8111-111111111111,"
          + " clusterId: 33333333-3333-4333-8333-333333333333}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{version: 1, cluster: " + DEDICATED + "}",
        "{version: 1, cluster: {product: clustered, url: 'https://cluster.example.com'}}",
        "{version: 1, cluster: {product: sandbox}, guardrails: {}}",
        "{version: 1, guardrails: {wildcard-write: deny, expiring: {days: 3}}}",
        "{version: 1, guardrails: {unmanaged-token: {except: ['Trial: *']}}}",
        "{version: 1, guardrails: {lockout: {except: [11111111-1111-4111-8111-111111111111]}}}",
        "{version: 1, expect: []}",
        "{version: 1, expect: [{never: {write: '*'}, except: [backup]}]}",
        "{version: 1, sinks: {}}",
        "{version: 1, hosts: []}",
        "{version: 1, hosts: ['https://a.example.com', 'HTTPS://*.b.example.com:8443',"
            + " 'http://localhost:8086']}",
        "{version: 1, sinks: {vault: {command: [vault, 'influx/{cluster}/{name}', 'token=-'],"
            + " check: [vault, '{cluster}'], timeout: 10m}}}",
        "{version: 1, sinks: {find: {command: [find, '{}', '{\"a\": 1}', '', '{1}']}}}",
        "{version: 1, sinks: {files: {directory: /run/secrets}, other: {directory: a/b}}}",
        "{version: 1, sinks: {files: {directory: '/run/{cluster}'}, b: {directory: 'a{cluster}/b'}}}",
      })
  void whatTheParserTakesTheSchemaTakes(String text) throws Exception {
    PolicyParser.platform(PolicyFile.parse(new SourceText("platform.yaml", text)));
    assertThat(SCHEMA.validate(text, InputFormat.YAML)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{version: 1}",
        "{version: 2, guardrails: {}}",
        "{guardrails: {}}",
        "{version: 1, guardrails: {}, tokens: {}}",
        "{version: 1, guardrails: {}, roles: {}}",
        "{version: 1, expect: {never: {write: '*'}}}",
        "{version: 1, expect: [{never: {}}]}",
        "{version: 1, sinks: [vault]}",
        "{version: 1, hosts: https://a.example.com}",
        "{version: 1, hosts: [a.example.com]}",
        "{version: 1, hosts: ['*']}",
        "{version: 1, hosts: ['https://*']}",
        "{version: 1, hosts: ['https://a*.example.com']}",
        "{version: 1, hosts: [1]}",
        "{version: 1, sinks: {'': {directory: /run}}}",
        "{version: 1, sinks: {a: {}}}",
        "{version: 1, sinks: {a: /run}}",
        "{version: 1, sinks: {a: {directory: /run, command: [cat]}}}",
        "{version: 1, sinks: {a: {directory: /run, timeout: 3s}}}",
        "{version: 1, sinks: {a: {directory: /run, check: [cat]}}}",
        "{version: 1, sinks: {a: {directory: [run]}}}",
        "{version: 1, sinks: {a: {directory: ''}}}",
        "{version: 1, sinks: {a: {directory: ~/secrets}}}",
        "{version: 1, sinks: {a: {directory: '/run/{name}'}}}",
        "{version: 1, sinks: {a: {directory: '/run/{{cluster}}'}}}",
        "{version: 1, sinks: {a: {directory: '/run/${cluster}'}}}",
        "{version: 1, sinks: {a: {directory: '/run/{cluster}/{ cluster }'}}}",
        "{version: 1, sinks: {a: {check: [cat]}}}",
        "{version: 1, sinks: {a: {command: cat}}}",
        "{version: 1, sinks: {a: {command: []}}}",
        "{version: 1, sinks: {a: {command: ['']}}}",
        "{version: 1, sinks: {a: {command: [1]}}}",
        "{version: 1, sinks: {a: {command: ['{name}']}}}",
        "{version: 1, sinks: {a: {command: [cat, '{user}']}}}",
        "{version: 1, sinks: {a: {command: [cat, '{Name}']}}}",
        "{version: 1, sinks: {a: {command: [cat, '{ name }']}}}",
        "{version: 1, sinks: {a: {command: [cat, '{{name}}']}}}",
        "{version: 1, sinks: {a: {command: [cat, '${NAME}']}}}",
        "{version: 1, sinks: {a: {command: [cat], check: [cat, '{name}']}}}",
        "{version: 1, sinks: {a: {command: [cat], timeout: 90}}}",
        "{version: 1, sinks: {a: {command: [cat], shell: true}}}",
        "{version: 1, guardrails: {lockuot: deny}}",
        "{version: 1, guardrails: {lockout: {except: [grafana]}}}",
        "{version: 1, cluster: {product: sandbox, seed: seed.json}}",
        "{version: 1, cluster: {product: clustered}}",
        "{version: 1, cluster: {product: cloud-dedicated}}",
        "{version: 1, cluster: {}}",
        "{version: 1, cluster: {product: clustered, url: 'https://a.example.com', clusterId: x}}",
      })
  void whatTheParserRefusesTheSchemaRefuses(String text) {
    assertThat(
            catchThrowableOfType(
                InvalidPolicyException.class,
                () ->
                    PolicyParser.platform(PolicyFile.parse(new SourceText("platform.yaml", text)))))
        .isNotNull();
    assertThat(SCHEMA.validate(text, InputFormat.YAML)).isNotEmpty();
  }

  @Test
  void whatAPlatformFileSaysIsKept() throws Exception {
    Platform platform =
        PolicyParser.platform(
            PolicyFile.parse(
                new SourceText(
                    "platform.yaml",
                    "{version: 1, cluster: " + DEDICATED + ", guardrails: {widening: warn}}")));
    assertThat(platform.cluster().orElseThrow().clusterId().orElseThrow().value())
        .hasToString("33333333-3333-4333-8333-333333333333");
    assertThat(platform.guardrails().active())
        .extracting(GuardrailSetting::rule)
        .containsExactly(Guardrail.WIDENING);
  }

  private static String text(String name) {
    try {
      return Files.readString(Path.of("schemas", name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
