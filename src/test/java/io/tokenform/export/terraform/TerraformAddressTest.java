package io.tokenform.export.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerraformAddressTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "influxdb3_token.grafana                                  | grafana",
        "influxdb3_cloud_token.old_batch                          | old-batch",
        "influxdb_token.edge[\"berlin\"]                          | edge-berlin",
        "influxdb3_token.edge[\"S\u00e3o Paulo\"]                 | edge-sao-paulo",
        "influxdb3_token.edge[\"eu.west/1\"]                      | edge-eu-west-1",
        "influxdb3_token.edge[\"a]b\"]                            | edge-a-b",
        "influxdb3_token.edge[\"a\\\"]b\\\\\"]                    | edge-a-b",
        "influxdb3_token.edge[\"a\\nb\\u0007c\"]                  | edge-a-b-c",
        "influxdb3_token.edge[\"$${x}\"]                          | edge-x",
        "influxdb3_token.edge[\"module.a.b\"]                     | edge-module-a-b",
        "influxdb3_token.edge[\"\u6f22\u5b57\"]                   | edge",
        "influxdb3_token.edge[\"\"]                               | edge",
        "influxdb3_token.pool[0]                                  | pool-0",
        "influxdb3_token.pool[10]                                 | pool-10",
        "module.orders.influxdb3_token.writer                     | orders-writer",
        "module.site[\"eu\"].module.audit[0].influxdb3_token.r[2] | site-eu-audit-0-r-2",
        "module.module.influxdb3_token.module                     | module-module",
        "module.a.data.influxdb3_token.b                          | a-b",
        "influxdb3_token                                          | ''",
        "module.orders                                            | ''",
        "a.b.c.d                                                  | ''",
        "influxdb3_token.edge[\"berlin                            | edge-berlin",
        "influxdb3_token.edge[\"berlin\\                          | edge-berlin",
        "...[[[]]]                                                | ''",
      })
  void aNameIsMadeOfModulesResourceAndKeys(String address, String name) {
    assertThat(new TerraformAddress(address.strip()).name())
        .isEqualTo(name.equals("''") ? "" : name);
  }

  @Test
  void aLongNameLeavesRoomForWhatMakesItUnique() {
    String name = new TerraformAddress("t." + "long_".repeat(100) + "[0]").name();
    assertThat(name).startsWith("long-long").hasSizeBetween(80, 90).doesNotEndWith("-");
  }

  @Test
  void anInstanceIsWrittenAsTerraformWritesIt() {
    TerraformAddress address = TerraformAddress.of("module.a[0]", "influxdb3_token", "b");
    assertThat(address.each("eu \"west\"\\1\n${x}%{y}$z\u0007\u6f22").text())
        .isEqualTo(
            "module.a[0].influxdb3_token.b[\"eu \\\"west\\\"\\\\1\\n$${x}%%{y}$z\\u0007\u6f22\"]");
    assertThat(address.at("3").text()).isEqualTo("module.a[0].influxdb3_token.b[3]");
    assertThat(TerraformAddress.of("", "t", "n").text()).isEqualTo("t.n");
  }

  @Test
  void aBlockHasNoKeys() {
    assertThat(new TerraformAddress("module.site[\"eu.x\"].module.a[0].t.writer[\"b\"]").block())
        .isEqualTo("module.site.module.a.t.writer");
  }
}
