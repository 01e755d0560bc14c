package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.tokenform.cli.console.SecretVariables;
import io.tokenform.report.PlanMarkdown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** The forms of a plan, to standard output and into files, whatever becomes of the plan. */
class PlanOutputsTest extends CommandTest {
  private static final List<String> FORMATS = List.of("text", "json", "markdown", "diff", "github");

  private Cli.Run plan(String... more) {
    List<String> args = new ArrayList<>(List.of("plan"));
    FORMATS.forEach(format -> args.addAll(List.of("--format", format + "=plan." + format)));
    args.addAll(List.of(more));
    return cli().run(args.toArray(String[]::new));
  }

  private String file(String format) throws IOException {
    return Files.readString(folder.resolve("plan." + format));
  }

  @Test
  void eachFormatIsShownFromTheSavedPlanAsItWasPlanned() throws IOException {
    policyForSandbox(TOKENS);
    assertThat(plan("--out", "saved")).exited(0).printedNothing();

    for (String format : FORMATS) {
      assertThat(Cli.in(folder).run("show", "saved", "--format", format))
          .exited(0)
          .printedExactly(file(format))
          .complainedOfNothing();
      assertThat(cli().run("plan", "--out", "saved", "--format", format))
          .exited(0)
          .printedExactly(file(format));
      assertThat(Cli.in(folder).run("show", "saved", "--format", format + "=shown"))
          .exited(0)
          .printedNothing();
      Assertions.assertThat(folder.resolve("shown")).hasContent(file(format).stripTrailing());
    }
    Assertions.assertThat(file("diff"))
        .contains("#   (all)  - telegraf write, keeps metrics\n", "+++ policy");
    Assertions.assertThat(file("github"))
        .contains("title=By database::logs: grafana gains read%0Aall databases: telegraf");
  }

  /** It has a checksum, so what is masked in it would make it a plan that nobody can apply. */
  @Test
  void aPlanThatHoldsASecretIsRefusedAndNothingOfItIsMasked() throws IOException {
    policyForSandbox(TOKENS);
    assertThat(cli().run("plan", "--out", "saved")).exited(0);
    for (String secret : List.of("telegraf", "databases", "sandbox-management")) {
      Cli.Run run = cli().with(SecretVariables.TERRAFORM, secret).run("plan", "--out", "other");
      if (secret.equals("telegraf")) {
        assertThat(run).exited(1).complained("a secret that this run was given");
        Assertions.assertThat(folder.resolve("other")).content().doesNotContain("checksum");
        assertThat(
                cli()
                    .with(SecretVariables.TERRAFORM, secret)
                    .run("apply", "saved", "--auto-approve"))
            .exited(1)
            .complained("neither saved nor applied");
      } else {
        assertThat(run).exited(0);
      }
    }
  }

  @Test
  void namesOfFieldsStayWhateverTheSecretIs() throws IOException {
    policyForSandbox(TOKENS);
    for (String name : List.of("description", "permissions", "resource")) {
      Cli.Run run =
          cli().with(SecretVariables.TERRAFORM, name).run("token", "list", "--format", "json");
      assertThat(run).exited(0).printed("\"description\"", "\"permissions\"", "\"resource\"");
    }
  }

  @Test
  void theFilesOfAWrongUsageHoldNoEarlierPlan() throws IOException {
    policyForSandbox(TOKENS);
    assertThat(plan()).exited(0);
    assertThat(plan("--target", "nobody")).exited(64);
    for (String format : FORMATS) {
      Assertions.assertThat(file(format)).contains("nobody").doesNotContain("Digest: sha256");
    }
  }

  @Test
  void whatIsReadIsNotReplaced() throws IOException {
    policyForSandbox(TOKENS);
    String policy = Files.readString(folder.resolve("tokens.yaml"));
    for (String output : List.of("--out=tokens.yaml", "--format=json=./tokens.yaml")) {
      assertThat(cli().run("plan", output)).exited(64).complained("which is read as the policy");
      assertThat(cli().run("plan", "-f", ".", output)).exited(64);
    }
    Assertions.assertThat(folder.resolve("tokens.yaml")).hasContent(policy);
    assertThat(cli().run("plan", "--out", "saved")).exited(0);
    assertThat(cli().run("show", "saved", "--format", "markdown=saved"))
        .exited(64)
        .complained("which is read as the plan");
  }

  @Test
  void aPlanThatFailsLeavesNoEarlierOne() throws IOException {
    policyForSandbox(TOKENS);
    assertThat(plan()).exited(0);
    policyForSandbox("tokens: {grafana: {idd: x}}\n");
    assertThat(plan()).exited(1).printedNothing().complained("error[unknown-key]");

    Assertions.assertThat(file("text"))
        .startsWith("There is no plan: the policy has errors\n\ntokens.yaml:7:20: error[");
    Assertions.assertThat(file("markdown"))
        .isEqualTo(
            """
            <!-- tokenform-plan -->
            ## tokenform plan

            **There is no plan:** the policy has errors

            ### Findings

            - **error** unknown-key at `tokens.yaml:7`: a token has no key `"idd"`<br>hint: did you mean `"id"`?
            """);
    Assertions.assertThat(file("diff")).isEqualTo("# There is no plan: the policy has errors\n");
    Assertions.assertThat(file("github")).startsWith("::error file=tokens.yaml,line=7,");
    assertDescribedAsFailure(file("json"));

    policyForSandbox(TOKENS);
    assertThat(plan()).exited(0);
    sandbox.close();
    assertThat(plan()).exited(1).printedNothing();
    for (String format : FORMATS) {
      Assertions.assertThat(file(format)).as(format).contains("nothing answers at");
    }
    Assertions.assertThat(file("markdown")).startsWith(PlanMarkdown.MARKER);
    Assertions.assertThat(file("github")).startsWith("::error title=no plan::GET /api/");
  }

  @Test
  void whereOneFileCannotBeWrittenTheOthersAreAllTheSame() throws IOException {
    policyForSandbox("tokens: {grafana: {idd: x}}\n");

    assertThat(plan("--format", "json=no/such/folder", "--format", "markdown=last.md"))
        .exited(1)
        .complained("error[unknown-key]");
    Assertions.assertThat(folder.resolve("last.md")).content().contains("There is no plan");
  }

  @Test
  void thePlanOfAPolicyWithErrorsHasItsFindingsForAText() throws IOException {
    policyForSandbox(
        "tokens: {a: {description: nobody, permissions: {read: [logs]}, deliver: nowhere}}\n");
    assertThat(plan("--out", "saved")).exited(1).printedNothing().complained("unknown-sink");
    assertThat(cli().run("plan")).exited(1).printedNothing();

    assertThat(Cli.in(folder).run("show", "saved"))
        .exited(0)
        .printed("This plan has errors and cannot be applied.\n")
        .complained(": error[unknown-sink]");
    Assertions.assertThat(file("text"))
        .startsWith("This plan has errors and cannot be applied.\n\n")
        .contains("error[unknown-sink]");
  }

  @Test
  void machinesGetADocumentThatItsSchemaDescribesWhateverFails() throws IOException {
    policyForSandbox(TOKENS);
    assertDescribedAsFailure(Cli.in(folder).run("plan", "--format", "json").out());
    assertDescribedAsFailure(cli().run("show", "nothing", "--format", "json").out());
    assertDescribedAsFailure(cli().run("show", "tokens.yaml", "--format", "json").out());
    assertDescribedAsFailure(cli().run("plan", "--target", "no", "--format", "json").out());
    policy("version: 2");
    assertDescribedAsFailure(cli().run("plan", "--format", "json").out());
    policyForSandbox(TOKENS);
    sandbox.close();
    assertDescribedAsFailure(cli().run("plan", "--format", "json").out());
  }

  private static void assertDescribedAsFailure(String document) throws IOException {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(Path.of("schemas/plan.schema.json")));
    Assertions.assertThat(schema.validate(document, InputFormat.JSON)).as(document).isEmpty();
    Assertions.assertThat(document).contains("\"error\" : {");
  }
}
