package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenform.sandbox.Sandbox;
import io.tokenform.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each guardrail as people meet it: what it finds, what it forbids, and what lets a plan pass. */
class GuardrailsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A token for each thing that a rule may be about; what is last is not in the policy. */
  private static final String SEED =
      """
      {"databases": ["metrics", "logs"], "tokens": [
        {"id": "00000000-0000-4000-8000-000000000001", "description": "plain",
         "permissions": [{"action": "read", "resource": "metrics"}]},
        {"id": "00000000-0000-4000-8000-000000000002", "description": "all",
         "permissions": [{"action": "read", "resource": "*"}]},
        {"id": "00000000-0000-4000-8000-000000000003", "description": "none", "permissions": []},
        {"id": "00000000-0000-4000-8000-000000000004", "description": "soon",
         "expiresAt": "2026-01-11T00:00:00Z",
         "permissions": [{"action": "write", "resource": "metrics"}]},
        {"id": "00000000-0000-4000-8000-000000000005", "description": "Trial: five",
         "permissions": []}]}
      """;

  private static final String PLAIN = "plain: {id: 00000000-0000-4000-8000-000000000001, %s}";
  private static final String ALL = "all: {id: 00000000-0000-4000-8000-000000000002, %s}";
  private static final String NONE = "none: {id: 00000000-0000-4000-8000-000000000003, %s}";
  private static final String SOON = "soon: {id: 00000000-0000-4000-8000-000000000004, %s}";

  @TempDir Path folder;
  @TempDir Path configuration;

  private final List<String> writes = new ArrayList<>();
  private Sandbox sandbox;

  @BeforeEach
  void startSandbox() {
    sandbox =
        Sandbox.start(
            SandboxOptions.builder()
                .seedJson(SEED)
                .listener(
                    request -> {
                      if (!request.method().equals("GET")) {
                        writes.add(request.method());
                      }
                    })
                .build());
  }

  @AfterEach
  void stopSandbox() {
    sandbox.close();
  }

  private Cli cli() {
    return Cli.in(folder).withManagementToken().agreedTo(configuration, sandbox.url());
  }

  /** Writes a policy with this guardrails section, in flow style, and these tokens. */
  private void policy(String guardrails, String... tokens) throws IOException {
    Files.writeString(
        folder.resolve("tokens.yaml"),
        """
        version: 1
        guardrails: {%s}
        cluster:
          product: cloud-dedicated
          accountId: %s
          clusterId: %s
          url: %s
        tokens:
          %s
        """
            .formatted(
                guardrails,
                sandbox.accountId(),
                sandbox.clusterId(),
                sandbox.url(),
                tokens.length == 0 ? "{}" : String.join("\n  ", tokens)));
  }

  private void platform(String guardrails) throws IOException {
    Files.writeString(
        folder.resolve("platform.yaml"), "version: 1\nguardrails: {" + guardrails + "}\n");
  }

  @Test
  void whatExpiresSoonIsToldWhatHelpsIt() throws IOException {
    policy("unmanaged-token: off", SOON.formatted("description: soon"));
    assertThat(cli().run("plan"))
        .complained("expires soon", "  hint: make a new token, and give its id here\n");
    policy("unmanaged-token: off", "soon: {description: soon}");
    assertThat(cli().run("plan"))
        .complained(
            "expires soon",
            "  hint: give it a successor: tokenform token rotate soon --deliver SINK --platform"
                + " FILE\n");
    Files.writeString(
        folder.resolve("platform.yaml"), "version: 1\nsinks:\n  files: {command: [\"true\"]}\n");
    assertThat(
            cli()
                .run(
                    "token",
                    "rotate",
                    "soon",
                    "--deliver",
                    "files",
                    "--platform",
                    "platform.yaml",
                    "--auto-approve"))
        .exited(0);
    assertThat(cli().run("plan")).exited(0).neverShowed("ambiguous");
  }

  /** A policy that breaks one rule, all others off. */
  private void breaking(String rule, String setting) throws IOException {
    List<String> guardrails = new ArrayList<>();
    for (String other :
        List.of(
            "wildcard-write",
            "wildcard-read",
            "lockout",
            "widening",
            "unknown-database",
            "unmanaged-token",
            "description",
            "max-changes",
            "expiring")) {
      guardrails.add(other + ": " + (other.equals(rule) ? setting : "off"));
    }
    String token =
        switch (rule) {
          case "wildcard-write" -> PLAIN.formatted("permissions: {write: ['*']}");
          case "wildcard-read" -> PLAIN.formatted("permissions: {read: ['*']}");
          case "lockout" -> PLAIN.formatted("permissions: {}");
          case "widening" -> PLAIN.formatted("permissions: {read: [metrics, logs]}");
          case "unknown-database" -> PLAIN.formatted("permissions: {read: [metrics, logz]}");
          case "expiring" -> SOON.formatted("permissions: {}");
          default -> PLAIN.formatted("description: changed");
        };
    if (rule.equals("unmanaged-token")) {
      policy(
          String.join(", ", guardrails),
          token,
          ALL.formatted("mode: additive"),
          NONE.formatted("mode: additive"),
          SOON.formatted("mode: additive"));
    } else {
      policy(String.join(", ", guardrails), token);
    }
  }

  private static final String RULES =
      """
      wildcard-write   ; ''                    ; "plain" would get "write *"             ; plain
      wildcard-read    ; ''                    ; "plain" would get "read *"              ; plain
      lockout          ; ''                    ; "plain" would lose all its access       ; plain
      widening         ; ''                    ; "plain" would gain access: read logs    ; plain
      unknown-database ; ''                    ; the cluster has no database "logz"      ; ''
      unmanaged-token  ; ''                    ; an active token is not in the policy: "Trial: five" ; ''
      description      ; ', pattern: "[A-Z].*"' ; the description "changed" of "plain" does not match [A-Z].* ; plain
      max-changes      ; ', changes: 0'        ; there is 1 change, but there may be at most 0 ; ''
      expiring         ; ''                    ; the token of "soon" expires soon, at 2026-01-11T00:00:00Z ; soon
      """;

  @ParameterizedTest
  @CsvSource(delimiter = ';', quoteCharacter = '\'', textBlock = RULES)
  void aRuleDeniesWarnsOrIsOff(String rule, String more, String message, String token)
      throws IOException {
    breaking(rule, "{level: deny" + more + "}");
    String allowed = rule + (token.isEmpty() ? "" : ":" + token);
    Cli.Run plan = cli().run("plan", "--detailed-exitcode");
    assertThat(plan)
        .exited(3)
        .printed("Plan: 1 to update")
        .complained(
            "denied[" + rule + "]: " + message,
            "tokens.yaml:2:",
            "allow it once with --allow " + allowed + "\n",
            "error: a guardrail denies this plan: it may not be applied");
    assertThat(cli().run("apply", "--dry-run"))
        .exited(3)
        .complained(
            "denied[" + rule + "]", "error: a guardrail denies this plan; nothing was sent");
    assertThat(cli().run("apply", "--auto-approve")).exited(3).printed("Plan: 1 to update");
    Assertions.assertThat(writes).isEmpty();

    breaking(rule, "{level: warn" + more + "}");
    assertThat(cli().run("plan", "--detailed-exitcode"))
        .exited(2)
        .complained("warning[" + rule + "]: " + message);

    breaking(rule, "off");
    assertThat(cli().run("plan", "--detailed-exitcode")).exited(2).complainedOfNothing();
  }

  @ParameterizedTest
  @CsvSource(delimiter = ';', quoteCharacter = '\'', textBlock = RULES)
  void aRuleIsAllowedOnce(String rule, String more, String message, String token)
      throws IOException {
    breaking(rule, "{level: deny" + more + "}");
    List<String> allowances = new ArrayList<>(List.of(rule));
    if (token.isEmpty()) {
      assertThat(cli().run("plan", "--allow", rule + ":plain"))
          .exited(64)
          .complained("the guardrail " + rule + " is not about single tokens");
    } else {
      allowances.add(rule + ":" + token);
      assertThat(cli().run("plan", "--allow", rule + ":other"))
          .exited(64)
          .printedNothing()
          .complained("--allow: the policy has no token \"other\"");
    }
    for (String allowance : allowances) {
      Cli.Run plan = cli().run("plan", "--format", "json", "--allow", allowance);
      assertThat(plan)
          .exited(0)
          .complained("warning[" + rule + "]: ", "hint: allowed once with --allow " + allowance);
      Assertions.assertThat(JSON.readTree(plan.out()).path("allowed").toString())
          .isEqualTo("[\"" + allowance + "\"]");
    }
    assertThat(cli().run("apply", "--auto-approve", "--allow", allowances.get(0))).exited(0);
    Assertions.assertThat(writes).containsExactly("PATCH");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\'',
      textBlock =
          """
          wildcard-write  ; ''                     ; plain
          wildcard-read   ; ''                     ; pl*
          lockout         ; ''                     ; '*'
          widening        ; ''                     ; '*ain'
          description     ; ', pattern: "[A-Z].*"' ; p*a*n
          expiring        ; ''                     ; s*n
          unmanaged-token ; ''                     ; 'Trial: *'
          unmanaged-token ; ''                     ; 00000000-0000-4000-8000-000000000005
          """)
  void whatIsExceptedIsNotFound(String rule, String more, String glob) throws IOException {
    breaking(rule, "{level: deny, except: [nobody, \"" + glob + "\"]" + more + "}");
    assertThat(cli().run("plan", "--detailed-exitcode"))
        .exited(2)
        .complained("warning[unused-exception]: \"nobody\" excepts no token from " + rule);

    String other = glob.equals("*") ? "x*" : "x" + glob;
    breaking(rule, "{level: deny, except: [\"" + other + "\"]" + more + "}");
    assertThat(cli().run("plan", "--detailed-exitcode")).exited(3);
  }

  @Test
  void anAllowanceThatWasNotNeededIsNotRecorded() throws IOException {
    breaking("lockout", "warn");
    Cli.Run plan = cli().run("plan", "--format", "json", "--allow", "lockout");
    Assertions.assertThat(JSON.readTree(plan.out()).path("allowed")).isEmpty();
  }

  @Test
  void accessThatIsThereAlreadyOrWasNeverThereIsNoFinding() throws IOException {
    policy(
        "wildcard-read: deny, widening: deny, unmanaged-token: off, expiring: off",
        ALL.formatted("permissions: {read: ['*']}, description: Everything"),
        NONE.formatted("permissions: {}, description: Nothing"));
    assertThat(cli().run("plan", "--detailed-exitcode")).exited(2).complainedOfNothing();

    // What "*" permits already is no gain.
    policy(
        "widening: deny, unmanaged-token: off",
        ALL.formatted("permissions: {read: ['*', metrics]}"));
    assertThat(cli().run("plan", "--detailed-exitcode")).exited(2).complainedOfNothing();
  }

  @Test
  void severalRulesAreBrokenAtOnce() throws IOException {
    policy(
        "wildcard-read: deny, unmanaged-token: off",
        PLAIN.formatted("permissions: {read: ['*'], write: ['*']}"),
        ALL.formatted("permissions: {}"));
    assertThat(cli().run("plan", "--allow", "wildcard-read", "--allow", "lockout:plain"))
        .exited(3)
        .complained(
            "warning[wildcard-read]",
            "denied[wildcard-write]: \"plain\"",
            "denied[lockout]: \"all\"");
    assertThat(
            cli()
                .run(
                    "plan",
                    "--allow=wildcard-read",
                    "--allow=lockout:all",
                    "--allow=wildcard-write:plain"))
        .exited(0);
  }

  @Test
  void whatThePlanIsNotAboutIsNotDenied() throws IOException {
    policy(
        "unmanaged-token: off",
        PLAIN.formatted("permissions: {}"),
        ALL.formatted("description: Everything"));
    assertThat(cli().run("plan", "--target", "all")).exited(0).complainedOfNothing();
    assertThat(cli().run("plan", "--exclude", "all")).exited(3).complained("denied[lockout]");
  }

  @ParameterizedTest
  @CsvSource({"0, 3", "49, 3", "50, 0", "100, 0"})
  void percentIsOfTheTokensWhosePermissionsThePolicyStates(int percent, int exit)
      throws IOException {
    policy(
        "unmanaged-token: off, expiring: off, max-changes: {percent: " + percent + ", least: 0}",
        PLAIN.formatted("description: changed"),
        ALL.formatted("permissions: {read: ['*']}"),
        // These say nothing, or nothing that could be otherwise, and make no percentage smaller.
        NONE.formatted("description: none, permissions: {}"),
        SOON.formatted("description: soon, mode: additive, permissions: {write: [metrics]}"));
    // One of two.
    assertThat(cli().run("plan")).exited(exit);
    // Those that the plan is not about count too.
    assertThat(cli().run("plan", "--target", "plain")).exited(exit);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "9, 0", "10, 3", "30, 3"})
  void daysSayHowSoonIsSoon(int days, int exit) throws IOException {
    policy(
        "unmanaged-token: off, expiring: {level: deny, days: " + days + "}",
        SOON.formatted("description: soon"));
    assertThat(cli().run("plan")).exited(exit);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lockout: off",
        "lockout: warn",
        "lockout: {level: deny, except: ['*']}",
        "lockout: deny",
        ""
      })
  void aPolicyCannotLoosenThePlatformsGuardrails(String own) throws IOException {
    String others = "unmanaged-token: off" + (own.isEmpty() ? "" : ", " + own);
    policy(others, PLAIN.formatted("permissions: {}"));
    platform("lockout: deny");
    Cli.Run plan = cli().run("plan", "--platform", "platform.yaml");
    assertThat(plan).exited(3).complained("denied[lockout]", "platform.yaml:2:");
    Assertions.assertThat(plan.err()).containsOnlyOnce("would lose all its access");
    String id = "lockout:00000000-0000-4000-8000-000000000001";
    assertThat(cli().run("plan", "--policy-guardrails=platform.yaml", "--allow", id))
        .exited(0)
        .complained("allowed once with --allow " + id);
    assertThat(cli().run("plan", "--policy-guardrails=platform.yaml", "--allow", "lockout"))
        .exited(0);
    // Whoever takes the name would have the allowance.
    assertThat(cli().run("plan", "--policy-guardrails=platform.yaml", "--allow", "lockout:plain"))
        .exited(3)
        .complained(
            "hint: --allow lockout:plain does not count here: the rule is in the platform file, and"
                + " the author of the policy chooses the names in it; allow it once with --allow "
                + id);
  }

  @Test
  void anAllowanceForAnIdIsForNoTokenOfThatName() throws IOException {
    policy(
        "unmanaged-token: off",
        "00000000-0000-4000-8000-000000000001: {id: 00000000-0000-4000-8000-000000000002,"
            + " permissions: {}}");
    assertThat(cli().run("plan", "--allow", "lockout:00000000-0000-4000-8000-000000000001"))
        .exited(3)
        .complained("allow it once with --allow lockout:00000000-0000-4000-8000-000000000002");
    assertThat(cli().run("plan", "--allow", "lockout:00000000-0000-4000-8000-000000000002"))
        .exited(0);
  }

  @Test
  void aRuleOfThePolicyIsAllowedByIdToo() throws IOException {
    policy("unmanaged-token: off", PLAIN.formatted("permissions: {}"));
    assertThat(cli().run("plan", "--allow", "lockout:00000000-0000-4000-8000-000000000001"))
        .exited(0);
  }

  @Test
  void aTokenFoundByItsDescriptionNeedsAnId() throws IOException {
    policy(
        "unmanaged-token: off, expiring: off, require-id: deny",
        "swapped: {description: plain, permissions: {read: ['*']}}",
        SOON.formatted("permissions: {write: [metrics]}"));
    assertThat(cli().run("plan"))
        .exited(3)
        .complained(
            "denied[require-id]: \"swapped\" has no id in the policy: its description found the"
                + " token 00000000-0000-4000-8000-000000000001",
            "hint: if that is the token that is meant, give it id:"
                + " 00000000-0000-4000-8000-000000000001; allow it once with --allow"
                + " require-id:swapped");
    policy(
        "unmanaged-token: off, require-id: {except: [sw*]}",
        "swapped: {description: plain, permissions: {read: [logs]}}");
    assertThat(cli().run("plan")).exited(0).complainedOfNothing();
  }

  @Test
  void thePlatformExceptsTokensByTheirIds() throws IOException {
    policy("unmanaged-token: off, lockout: off", PLAIN.formatted("permissions: {}"));
    platform("lockout: {level: deny, except: [00000000-0000-4000-8000-000000000001]}");
    assertThat(cli().run("plan", "--policy-guardrails", "platform.yaml")).exited(0);

    // A token's name is of the policy's choosing, whatever it looks like.
    policy(
        "unmanaged-token: off, lockout: off",
        "00000000-0000-4000-8000-000000000001: {id: 00000000-0000-4000-8000-000000000002,"
            + " permissions: {}}");
    assertThat(cli().run("plan", "--policy-guardrails", "platform.yaml"))
        .exited(3)
        .complained("denied[lockout]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "'*'", "'00000000-0000-4000-8000-*'"})
  void thePlatformExceptsNoTokenByItsName(String entry) throws IOException {
    policy("", PLAIN.formatted("permissions: {}"));
    platform("lockout: {level: deny, except: [" + entry + "]}");
    assertThat(cli().run("plan", "--policy-guardrails", "platform.yaml"))
        .exited(1)
        .printedNothing()
        .complained(
            "platform.yaml:2:46: error[bad-uuid]",
            "the author of the policy chooses the names",
            "hint: in a platform file, except lists tokens by their ids");
    platform("unmanaged-token: {level: deny, except: [" + entry + "]}");
    assertThat(cli().run("plan", "--policy-guardrails", "platform.yaml")).exited(3);
  }

  @ParameterizedTest
  @CsvSource({"'', is empty", "., names a directory"})
  void thePlatformsGuardrailsAreOneFile(String path, String message) throws IOException {
    policy("", PLAIN.formatted("permissions: {}"));
    platform("lockout: deny");
    assertThat(cli().run("plan", "--platform", path))
        .exited(64)
        .printedNothing()
        .complained("--platform " + message);
  }

  @Test
  void thePlanRecordsEachGuardrailAndWhatBecameOfIt() throws IOException {
    policy(
        "wildcard-read: deny, widening: warn, expiring: off",
        PLAIN.formatted("permissions: {read: ['*']}"),
        ALL.formatted("permissions: {}"));
    platform("lockout: warn, max-changes: {level: deny, changes: 2}");
    Cli.Run plan =
        cli()
            .run(
                "plan",
                "--policy-guardrails=platform.yaml",
                "--allow=wildcard-read:plain",
                "--format=json");
    assertThat(plan).exited(0);
    List<String> verdicts = new ArrayList<>();
    for (JsonNode guardrail : JSON.readTree(plan.out()).path("guardrails")) {
      JsonNode place = guardrail.path("place");
      verdicts.add(
          "%s %s %s %s %s"
              .formatted(
                  guardrail.path("rule").asText(),
                  guardrail.path("level").asText(),
                  guardrail.path("source").asText(),
                  place.isMissingNode()
                      ? "-"
                      : place.path("file").asText() + ":" + place.path("line").asInt(),
                  guardrail.path("verdict").asText()));
    }
    Assertions.assertThat(verdicts)
        .containsExactly(
            "wildcard-write deny default - passed",
            "wildcard-read deny policy tokens.yaml:2 allowed",
            "lockout warn platform platform.yaml:2 warned",
            "missing-token deny default - passed",
            "revoke deny default - passed",
            "parked-token warn default - passed",
            "pending-token deny default - passed",
            "no-expiry warn default - passed",
            "widening warn policy tokens.yaml:2 warned",
            "unknown-database warn default - passed",
            "unmanaged-token warn default - warned",
            "max-changes deny platform platform.yaml:2 passed",
            "cut-comment deny default - passed");
  }

  @Test
  void aPlanWithoutThePlatformsGuardrailsHasAnotherDigest() throws IOException {
    policy("unmanaged-token: off", PLAIN.formatted("description: changed"));
    platform("widening: deny");
    cli().run("plan", "--out", "without.json");
    cli().run("plan", "--out", "with.json", "--policy-guardrails", "platform.yaml");
    String digest = digest("with.json");
    Assertions.assertThat(digest("without.json")).isNotEqualTo(digest);
    assertThat(cli().run("apply", "without.json", "--auto-approve", "--expect-digest", digest))
        .exited(1)
        .complained("and not the expected one; nothing was sent");
    assertThat(cli().run("apply", "with.json", "--auto-approve", "--expect-digest", digest))
        .exited(0);
  }

  private String digest(String plan) throws IOException {
    return JSON.readTree(folder.resolve(plan).toFile()).path("digest").asText();
  }

  @Test
  void anAllowanceForOneTokenIsNoneForAnotherWithTheSameLongDescription() throws IOException {
    String description = "x".repeat(300);
    policy(
        "unmanaged-token: off, description: {level: deny, pattern: \"" + "[a-w]".repeat(72) + "\"}",
        PLAIN.formatted("description: " + description),
        ALL.formatted("description: " + description));
    assertThat(cli().run("plan", "--allow", "description:plain"))
        .exited(3)
        .complained("denied[description]", "warning[description]");
    assertThat(cli().run("plan", "--allow", "description:plain", "--allow", "description:all"))
        .exited(0);
  }

  @Test
  void aPatternThatTakesTooLongIsAFinding() throws IOException {
    policy(
        "unmanaged-token: off, description: {level: deny, pattern: \"([a-z]| )+\"}",
        PLAIN.formatted("description: " + "a b ".repeat(100_000) + "a"));
    assertThat(cli().run("plan"))
        .exited(3)
        .complained("denied[description]", "takes too long to be checked against");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        // Nothing that is there, though something is written down.
        "read: [nowhere]                ; 3",
        "read: [nowhere], write: [logz] ; 3",
        "read: [nowhere, logs]          ; 0",
        "write: ['*']                   ; 0",
      })
  void accessToNothingThatIsThereIsNoAccess(String permissions, int exit) throws IOException {
    policy(
        "unmanaged-token: off, unknown-database: off, wildcard-write: off",
        PLAIN.formatted("permissions: {" + permissions + "}"));
    Cli.Run plan = cli().run("plan");
    assertThat(plan).exited(exit);
    if (exit == 3) {
      assertThat(plan)
          .complained(
              "denied[lockout]: \"plain\" would lose all its access: the cluster has none of the"
                  + " databases that it keeps");
    }
  }

  @Test
  void whoNeverHadAccessToAnythingThatIsThereLosesNone() throws IOException {
    policy(
        "unmanaged-token: off, unknown-database: off",
        NONE.formatted("permissions: {read: [nowhere]}"));
    assertThat(cli().run("apply", "--auto-approve")).exited(0);
    policy(
        "unmanaged-token: off, unknown-database: off",
        NONE.formatted("permissions: {read: [nowhere, neverland]}"));
    assertThat(cli().run("plan")).exited(0).complainedOfNothing();
  }

  @Test
  void thePlatformCannotLoosenThePolicysGuardrailsEither() throws IOException {
    policy("lockout: deny, unmanaged-token: {level: deny}", PLAIN.formatted("permissions: {}"));
    platform("lockout: off, unmanaged-token: warn");
    Cli.Run plan = cli().run("plan", "--policy-guardrails", "platform.yaml");
    assertThat(plan).exited(3).complained("denied[lockout]", "denied[unmanaged-token]");
    Assertions.assertThat(plan.err()).containsOnlyOnce("active tokens are not in the policy");
  }

  @Test
  void whatBothFindIsSaidOnceThoughTheirLimitsDiffer() throws IOException {
    policy("unmanaged-token: off, expiring: warn", SOON.formatted("description: soon"));
    platform("expiring: {level: deny, days: 30}");
    Cli.Run plan = cli().run("plan", "--policy-guardrails", "platform.yaml");
    assertThat(plan).exited(3).complained("denied[expiring]");
    Assertions.assertThat(plan.err()).containsOnlyOnce("expires soon");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\'',
      textBlock =
          """
          version: 1                                              ; there is no cluster, guardrails, expect, sinks or hosts section here
          '{version: 1, guardrails: {}, tokens: {a: {description: b}}}' ; may have a cluster, a guardrails, an expect, a sinks and a hosts section, and nothing else
          '{version: 1, guardrails: {}, tokens: {}}'              ; 1:30: error[misplaced-key]: a platform file may have a cluster, a
          '{version: 1, guardrails: {}, roles: {}}'               ; may have a cluster, a guardrails, an expect, a sinks and a hosts section, and nothing else
          '{version: 1, guardrails: {lockuot: deny}}'             ; did you mean "lockout"?
          """)
  void aPlatformFileHoldsNoPolicy(String text, String message) throws IOException {
    policy("", PLAIN.formatted("description: plain"));
    Files.writeString(folder.resolve("platform.yaml"), text);
    assertThat(cli().run("plan", "--policy-guardrails", "platform.yaml"))
        .exited(1)
        .printedNothing()
        .complained("platform.yaml:1:", message);
  }

  @Test
  void aPlatformFileThatIsMissingIsAnError() throws IOException {
    policy("", PLAIN.formatted("description: plain"));
    assertThat(cli().run("plan", "--policy-guardrails", "platform.yaml"))
        .exited(1)
        .printedNothing()
        .complained(
            "platform.yaml:1:1: error[unreadable-file]: there is no such file",
            "hint: name the platform file with --platform");
  }

  @ParameterizedTest
  @CsvSource({
    "lockout: off, 0",
    "lockout: warn, 0",
    "'lockout: {level: deny, except: [00000000-0000-4000-8000-000000000001]}', 0",
    "wildcard-write: deny, 3",
  })
  void aDefaultHoldsOnlyWhereNobodySaysAnythingOfTheRule(String platform, int exit)
      throws IOException {
    policy("unmanaged-token: off", PLAIN.formatted("permissions: {}"));
    platform(platform);
    assertThat(cli().run("plan", "--policy-guardrails", "platform.yaml")).exited(exit);

    // Of what the platform leaves out, the policy decides.
    policy("unmanaged-token: off, lockout: off", PLAIN.formatted("permissions: {}"));
    platform("wildcard-write: deny");
    assertThat(cli().run("plan", "--policy-guardrails", "platform.yaml")).exited(0);
  }

  @Test
  void aTokenOfWhichThePolicySaysNothingMakesNoPercentageSmaller() throws IOException {
    String id = "{id: 00000000-0000-4000-8000-00000000000%d}";
    policy(
        "unmanaged-token: off, max-changes: {percent: 50, least: 0}",
        PLAIN.formatted("description: changed"),
        "a: " + id.formatted(2),
        "b: " + id.formatted(3));
    assertThat(cli().run("plan"))
        .exited(3)
        .complained(
            "denied[max-changes]: there is 1 change, but there may be at most 50 % of the 1 token"
                + " whose permissions the policy states",
            "hint: check that this many changes are intended; allow it once with --allow"
                + " max-changes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\'',
      textBlock =
          """
          'lockuot: deny'                     ; unknown-key    ; did you mean "lockout"?
          'lockout: forbid'                   ; unknown-level  ; the levels are deny, warn and off
          'lockout: wran'                     ; unknown-level  ; did you mean "warn"?
          'lockout: true'                     ; wrong-type     ; write one of: deny, warn, off
          'lockout:'                          ; missing-value  ; write one of: deny, warn, off
          'lockout: {exept: [a]}'             ; unknown-key    ; did you mean "except"?
          'lockout: {days: 3}'                ; unknown-key    ; the keys are level, except
          'lockout: {except: a}'              ; wrong-type     ; write except: [a]
          'lockout: {except: [1]}'            ; wrong-type     ; quote it: "1"
          'description: deny'                 ; missing-key    ; the guardrail description needs a pattern
          'description: {except: [a]}'        ; missing-key    ; the guardrail description needs a pattern
          'description: {pattern: "["}'       ; bad-pattern    ; this is not a regular expression
          'max-changes: warn'                 ; missing-key    ; the guardrail max-changes needs changes or percent
          'max-changes: {percent: 101}'       ; wrong-type     ; percent must be a whole number from 0 to 100, but this is 101
          'max-changes: {changes: 1.5}'       ; wrong-type     ; changes must be a whole number
          'max-changes: {changes: "1"}'       ; wrong-type     ; but this is a string
          'max-changes: {changes: 1e99999}'   ; wrong-type     ; changes must be a whole number
          'expiring: {days: -1}'              ; wrong-type     ; days must be a whole number from 0 to 3650, but this is -1
          """)
  void whatIsWrongInTheSectionIsSaidOnce(String section, String code, String message)
      throws IOException {
    Files.writeString(
        folder.resolve("tokens.yaml"), "version: 1\nguardrails:\n  " + section + "\n");
    assertThat(Cli.in(folder).run("validate"))
        .exited(1)
        .complained("tokens.yaml:3:", "error[" + code + "]", message, "the policy has an error\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "lockuot;did you mean \"lockout\"?",
        "all;the guardrails are wildcard-write, ",
        "lockout:;name",
        "lockout:plian;did you mean \"plain\"?",
      })
  void anAllowanceNamesARule(String allowance, String message) throws IOException {
    policy("", PLAIN.formatted("description: plain"));
    assertThat(cli().run("plan", "--allow", allowance)).exited(64).complained(message);
  }

  @Test
  void theHintCanBePastedIntoAShell() throws IOException {
    policy(
        "unmanaged-token: off",
        "\"Bob's token\": {id: 00000000-0000-4000-8000-000000000001, permissions: {}}");
    assertThat(cli().run("plan"))
        .exited(3)
        .complained("allow it once with --allow 'lockout:Bob'\\''s token'");
    assertThat(cli().run("plan", "--allow", "lockout:Bob's token")).exited(0);
  }
}
