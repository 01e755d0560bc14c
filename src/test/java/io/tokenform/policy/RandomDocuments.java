package io.tokenform.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenform.finding.Guardrail;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Random policies as JSON documents, valid ones and such as have been changed at random. */
final class RandomDocuments {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final String EMOJI = "\ud83d\ude00";

  private static final List<String> KEYS =
      List.of(
          "version",
          "cluster",
          "databases",
          "roles",
          "tokens",
          "retention",
          "maxTables",
          "maxColumnsPerTable",
          "partitionTemplate",
          "renamed",
          "type",
          "value",
          "tagName",
          "numberOfBuckets",
          "product",
          "accountId",
          "clusterId",
          "url",
          "seed",
          "id",
          "ids",
          "clusters",
          "description",
          "permissions",
          "mode",
          "was",
          "owner",
          "deliver",
          "expires",
          "rotate",
          "state",
          "reason",
          "every",
          "notBefore",
          "overlap",
          "park",
          "settle",
          "sinks",
          "hosts",
          "read",
          "write",
          "action",
          "resource",
          "guard",
          "guardrails",
          "wildcard-write",
          "max-changes",
          "expiring",
          "level",
          "except",
          "pattern",
          "changes",
          "percent",
          "days",
          "expect",
          "token",
          "can",
          "cannot",
          "database",
          "writers",
          "readers",
          "never",
          "password",
          "Version",
          "Id",
          "name",
          "a.b",
          "$ref",
          "<<",
          "*",
          "");

  private static final List<String> PRODUCTS = List.of("cloud-dedicated", "clustered", "sandbox");

  /** Durations and instants, and what is nearly one. */
  private static final List<String> TIMES =
      List.of(
          "90d",
          "48h",
          "15m",
          "30s",
          "0s",
          "0d",
          "9999d",
          "10000d",
          "9999999999s",
          "99999999999s",
          "90",
          "1w",
          "90 days",
          "P90D",
          "-1d",
          "1.5h",
          " 90d",
          "90d\n",
          "\u0663d",
          "2027-01-31T00:00:00Z",
          "2027-01-31t00:00:00.123456789z",
          "2027-01-31T00:00:00+01:00",
          "2027-02-30T00:00:00Z",
          "2027-01-31T24:00:00Z",
          "2027-01-31T00:00:00+19:00",
          "2027-01-31T00:00:00",
          "2027-01-31T00:00Z",
          "2027-01-31 00:00:00Z",
          "2027-01-31",
          "2027-1-31T00:00:00Z",
          "never");

  private static final List<String> LEVELS = List.of("deny", "warn", "off");

  private static final List<String> URLS =
      List.of(
          "https://cluster.example.com",
          "HTTPS://cluster.example.com:8443/influx/",
          "http://localhost:8086",
          "http://[::1]",
          "https://b\u00fccher.example",
          "http://cluster.example.com",
          "https://user@cluster.example.com",
          "https://cluster.example.com/api/v0",
          "https://",
          "https:/cluster.example.com",
          "cluster.example.com",
          "ftp://cluster.example.com",
          " https://cluster.example.com",
          "//cluster.example.com",
          "");

  /** Selectors of clusters, values of labels, and what is nearly one. */
  private static final List<String> SELECTORS =
      List.of(
          "prod",
          "prod-*",
          "*",
          "env=prod",
          "env!=prod",
          " env = prod , dev-* ",
          "env =*",
          "a/b",
          "a/b=c/d",
          "env==prod",
          "env=",
          "=prod",
          "!=prod",
          "!env=prod",
          "env! =prod",
          "env=prod,",
          ",",
          "prod\u00a0",
          "prod\n",
          "k".repeat(129) + "=v",
          "k=" + "v".repeat(129),
          "k".repeat(129));

  private static final List<String> UUIDS =
      List.of(
          "AAAAAAAA-bbbb-4CCC-8ddd-eeeeeeeeeeee",
          "00000000-0000-0000-0000-000000000000",
          "{55555555-5555-4555-8555-555555555555}",
          "urn:uuid:55555555-5555-4555-8555-555555555555",
          "55555555555545558555555555555555",
          "55555555-5555-4555-8555-55555555555",
          "55555555-5555-4555-8555-5555555555555",
          "5555555-55555-4555-8555-555555555555",
          "55555555-5555-4555-555555555555",
          "55555555-5555-4555-8555-8555-555555555555",
          "g5555555-5555-4555-8555-555555555555",
          "55555555-5555-4555-8555-555555555555\n",
          " 55555555-5555-4555-8555-555555555555",
          "\uff15\uff155555555-5555-4555-8555-55555555555",
          "1-1-1-1-1");

  /** What is a good name for one thing is a bad one for another, or the other way round. */
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "\t",
          "\n",
          "\u00a0",
          "\u2003",
          "\u2028",
          "\u3000 x",
          "\u0000",
          "a\u0007",
          "a\u0085b",
          "\u007f",
          "\ufeff",
          "\u200b",
          "*",
          "read",
          "write",
          "Read",
          "additive",
          "authoritative",
          "Additive",
          "revoked",
          "deleted",
          "infinite",
          "active",
          "deny",
          "warn",
          "off",
          "Off",
          "[",
          "cloud_dedicated",
          "Sandbox",
          "1",
          "true",
          "null",
          "~",
          "metrics",
          "caf\u00e9 \u4e2d\u6587",
          EMOJI,
          "x".repeat(64),
          "x".repeat(65),
          EMOJI.repeat(64),
          EMOJI.repeat(65),
          "y".repeat(128),
          "y".repeat(129),
          "\u00fc".repeat(128),
          EMOJI.repeat(128),
          EMOJI.repeat(129),
          "z".repeat(200),
          "z".repeat(201),
          EMOJI.repeat(200),
          "a.b_c-9",
          "-a",
          ".a");

  private final Random random;

  RandomDocuments(Random random) {
    this.random = random;
  }

  /** A policy, at times as it should be and mostly with up to three changes. */
  JsonNode next() {
    JsonNode document = policy();
    for (int changes = random.nextInt(4); changes > 0; changes--) {
      document = changed(document);
    }
    return document;
  }

  private ObjectNode policy() {
    ObjectNode policy = JSON.objectNode();
    policy.put("version", 1);
    maybe(() -> policy.set("cluster", cluster()));
    maybe(() -> policy.set("guardrails", guardrails()));
    maybe(() -> policy.set("expect", list(0, this::expectation)));
    maybe(() -> policy.set("databases", map(2, this::stated)));
    maybe(() -> policy.set("roles", map(2, this::permissions)));
    maybe(() -> policy.set("tokens", map(3, this::token)));
    return policy;
  }

  private ObjectNode cluster() {
    ObjectNode cluster = JSON.objectNode();
    String product = one(PRODUCTS);
    cluster.put("product", product);
    switch (product) {
      case "cloud-dedicated" -> {
        cluster.put("accountId", uuid());
        cluster.put("clusterId", uuid());
        maybe(() -> cluster.put("url", URLS.get(0)));
      }
      case "clustered" -> cluster.put("url", URLS.get(random.nextInt(3)));
      default -> maybe(() -> cluster.put("seed", "seed.json"));
    }
    return cluster;
  }

  private ObjectNode guardrails() {
    ObjectNode guardrails = JSON.objectNode();
    for (Guardrail rule : Guardrail.values()) {
      if (random.nextInt(4) == 0) {
        guardrails.set(rule.toString(), guardrail(rule));
      }
    }
    return guardrails;
  }

  private JsonNode guardrail(Guardrail rule) {
    boolean needsMore = rule == Guardrail.DESCRIPTION || rule == Guardrail.MAX_CHANGES;
    if (random.nextBoolean() && (!needsMore || random.nextInt(10) == 0)) {
      return JSON.textNode(one(LEVELS));
    }
    ObjectNode setting = JSON.objectNode();
    maybe(() -> setting.put("level", one(LEVELS)));
    switch (rule) {
      case DESCRIPTION -> setting.put("pattern", random.nextInt(10) == 0 ? "[" : "[a-z]+: .*");
      case MAX_CHANGES -> {
        setting.put("changes", random.nextInt(100));
        maybe(() -> setting.put("percent", random.nextInt(104) - 1));
      }
      case EXPIRING -> maybe(() -> setting.put("days", random.nextInt(4000) - 100));
      default -> {}
    }
    if (rule != Guardrail.MAX_CHANGES && rule != Guardrail.UNKNOWN_DATABASE) {
      maybe(() -> setting.set("except", list(0, () -> JSON.textNode(one(TEXTS)))));
    }
    return setting;
  }

  private ObjectNode token() {
    ObjectNode token = JSON.objectNode();
    boolean named = random.nextInt(4) > 0;
    if (named) {
      token.put("id", uuid());
    }
    if (!named || random.nextBoolean()) {
      token.put("description", "Token " + random.nextInt(100));
    }
    if (random.nextInt(4) == 0) {
      token.set("clusters", clusters());
    }
    if (random.nextInt(6) == 0) {
      token.set("ids", map(2, () -> JSON.textNode(uuid())));
      if (random.nextInt(5) > 0) {
        token.remove("id");
      }
    }
    maybe(() -> token.set("roles", list(1, () -> JSON.textNode("role"))));
    maybe(() -> token.set("permissions", permissions()));
    maybe(() -> token.put("mode", random.nextBoolean() ? "additive" : "authoritative"));
    if (random.nextInt(4) == 0) {
      token.put("owner", random.nextInt(5) == 0 ? one(TEXTS) : "team");
    }
    if (!named && random.nextInt(4) == 0) {
      token.set("was", list(0, () -> JSON.textNode("Former " + random.nextInt(1000))));
    }
    if (!named && random.nextBoolean()) {
      return made(token);
    }
    return random.nextInt(10) == 0 ? revoked(token) : token;
  }

  private JsonNode clusters() {
    return random.nextBoolean()
        ? map(2, () -> JSON.textNode(one(SELECTORS)))
        : list(
            0,
            () ->
                random.nextInt(4) == 0
                    ? map(2, () -> JSON.textNode(one(SELECTORS)))
                    : JSON.textNode(one(SELECTORS)));
  }

  /** The token with what tokenform needs to make it, and at times with what contradicts that. */
  private ObjectNode made(ObjectNode token) {
    token.put("deliver", "vault");
    if (random.nextInt(10) > 0) {
      token.remove("mode");
      token.set("permissions", permissions());
    }
    maybe(() -> token.put("expires", random.nextInt(3) == 0 ? one(TIMES) : "120d"));
    maybe(() -> token.set("rotate", rotate()));
    return token;
  }

  private ObjectNode rotate() {
    ObjectNode rotate = JSON.objectNode();
    maybe(() -> rotate.put("every", random.nextInt(3) == 0 ? one(TIMES) : "90d"));
    maybe(() -> rotate.put("notBefore", random.nextInt(3) == 0 ? one(TIMES) : TIMES.get(19)));
    maybe(() -> rotate.put("overlap", one(TIMES.subList(0, 6))));
    maybe(() -> rotate.put("park", one(TIMES.subList(0, 6))));
    maybe(() -> rotate.put("settle", one(TIMES.subList(0, 6))));
    return rotate;
  }

  /** The token as a tombstone. */
  private ObjectNode revoked(ObjectNode token) {
    if (random.nextInt(4) > 0) {
      token.remove(List.of("roles", "permissions", "mode"));
    }
    token.put("state", "revoked");
    maybe(() -> token.put("reason", random.nextInt(5) == 0 ? one(TEXTS) : "INC-42"));
    return token;
  }

  /** What is said of a database. */
  private ObjectNode stated() {
    ObjectNode database = JSON.objectNode();
    if (random.nextInt(6) == 0) {
      database.put("state", "deleted");
      if (random.nextInt(4) > 0) {
        return database;
      }
    }
    maybe(() -> database.put("retention", retention()));
    maybe(
        () ->
            database.put("maxTables", random.nextInt(500) - (random.nextInt(10) == 0 ? 500 : -1)));
    maybe(() -> database.put("maxColumnsPerTable", 1 + random.nextInt(500)));
    if (random.nextInt(3) == 0) {
      database.set("partitionTemplate", list(1, this::part));
    }
    if (random.nextInt(6) == 0) {
      database.put("renamed", random.nextInt(4) == 0 ? one(TEXTS) : "former");
    }
    if (random.nextInt(8) == 0) {
      database.set("clusters", clusters());
    }
    return database;
  }

  private String retention() {
    return switch (random.nextInt(12)) {
      case 0 -> one(TIMES);
      case 1 -> one(TEXTS);
      case 2, 3 -> "infinite";
      default -> random.nextInt(5000) + "d";
    };
  }

  private ObjectNode part() {
    ObjectNode part = JSON.objectNode();
    if (random.nextInt(3) == 0) {
      part.put("type", "bucket");
      part.set("value", bucket());
    } else {
      part.put("type", one(List.of("tag", "time", "tag", "time", "tag", "bucket", "tags")));
      part.put("value", random.nextInt(8) == 0 ? one(TEXTS) : "tag" + random.nextInt(9));
    }
    return part;
  }

  private ObjectNode bucket() {
    return JSON.objectNode().put("tagName", "tag").put("numberOfBuckets", random.nextInt(100_002));
  }

  private ObjectNode expectation() {
    ObjectNode expectation = JSON.objectNode();
    switch (random.nextInt(3)) {
      case 0 -> {
        expectation.put("token", pattern());
        expectation.set("can", clauses());
        maybe(() -> expectation.set("cannot", clauses()));
      }
      case 1 -> {
        expectation.put("database", database());
        expectation.set("writers", list(0, () -> JSON.textNode(pattern())));
        maybe(() -> expectation.set("readers", list(0, () -> JSON.textNode(pattern()))));
      }
      default -> {
        expectation.set("never", clauses());
        maybe(() -> expectation.set("except", list(1, () -> JSON.textNode(pattern()))));
      }
    }
    if (random.nextInt(8) == 0) {
      expectation.put(one(KEYS), "any");
    }
    return expectation;
  }

  private String pattern() {
    return random.nextInt(10) == 0 ? one(TEXTS) : one(List.of("grafana", "team-*", "*"));
  }

  private ObjectNode clauses() {
    ObjectNode clauses = JSON.objectNode();
    clauses.set(action(), reach());
    maybe(() -> clauses.set("read", reach()));
    return clauses;
  }

  private JsonNode reach() {
    return switch (random.nextInt(8)) {
      case 0 -> JSON.textNode(one(TEXTS));
      case 1 -> JSON.textNode("*");
      case 2 -> JSON.textNode("any");
      case 3 -> list(0, () -> JSON.textNode(database()));
      default -> list(1, () -> JSON.textNode(database()));
    };
  }

  private JsonNode permissions() {
    if (random.nextBoolean()) {
      return list(0, () -> JSON.objectNode().put("action", action()).put("resource", database()));
    }
    ObjectNode permissions = JSON.objectNode();
    maybe(() -> permissions.set("read", list(0, () -> JSON.textNode(database()))));
    maybe(() -> permissions.set("write", list(0, () -> JSON.textNode(database()))));
    return permissions;
  }

  private String action() {
    return random.nextBoolean() ? "read" : "write";
  }

  private String database() {
    return random.nextInt(20) == 0 ? one(TEXTS) : random.nextBoolean() ? "*" : "metrics";
  }

  private String uuid() {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  private ObjectNode map(int most, Supplier<JsonNode> value) {
    ObjectNode map = JSON.objectNode();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      map.set(
          random.nextInt(20) == 0 ? one(TEXTS) : "name" + one(List.of("", "-", "-", " ")) + i,
          value.get());
    }
    return map;
  }

  private ArrayNode list(int least, Supplier<JsonNode> item) {
    ArrayNode list = JSON.arrayNode();
    for (int i = least + random.nextInt(2); i > 0; i--) {
      list.add(item.get());
    }
    return list;
  }

  private void maybe(Runnable step) {
    if (random.nextBoolean()) {
      step.run();
    }
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** A place in a document: the value that stands there, and what changes it. */
  private record Place(JsonNode value, Consumer<JsonNode> set, Runnable remove, Runnable rename) {}

  /** The document with one change. It is changed itself, unless the change is to all of it. */
  private JsonNode changed(JsonNode document) {
    List<Place> places = new ArrayList<>();
    collect(document, places);
    if (places.isEmpty() || random.nextInt(200) == 0) {
      return junk();
    }
    Place place = one(places);
    switch (random.nextInt(10)) {
      case 0 -> place.remove().run();
      case 1 -> place.rename().run();
      case 2 -> place.set().accept(junk());
      case 3 -> place.set().accept(one(places).value().deepCopy());
      case 4 -> place.set().accept(JSON.arrayNode().add(place.value()));
      case 5 -> add(one(places).value(), junk());
      case 6 -> add(document, junk());
      case 7 -> mix(document.path("cluster"), cluster());
      // Only a text, so that what comes out is not always of a wrong type.
      default -> texts(places).forEach(text -> text.set().accept(JSON.textNode(text())));
    }
    return document;
  }

  /** One of the places that hold a text, if any does. */
  private List<Place> texts(List<Place> places) {
    List<Place> texts = places.stream().filter(place -> place.value().isTextual()).toList();
    return texts.isEmpty() ? texts : List.of(one(texts));
  }

  private void collect(JsonNode parent, List<Place> places) {
    if (parent instanceof ObjectNode map) {
      map.properties()
          .forEach(
              entry ->
                  places.add(
                      new Place(
                          entry.getValue(),
                          value -> map.set(entry.getKey(), value),
                          () -> map.remove(entry.getKey()),
                          () -> map.set(key(), map.remove(entry.getKey())))));
    } else if (parent instanceof ArrayNode list) {
      for (int i = 0; i < list.size(); i++) {
        int index = i;
        places.add(
            new Place(
                list.get(i),
                value -> list.set(index, value),
                () -> list.remove(index),
                () -> list.insert(index, junk())));
      }
    }
    parent.forEach(child -> collect(child, places));
  }

  private void add(JsonNode target, JsonNode value) {
    if (target instanceof ObjectNode map) {
      map.set(key(), value);
    } else if (target instanceof ArrayNode list) {
      list.add(value);
    }
  }

  /** Adds what another map has: keys that are good, and stand in the wrong company. */
  private static void mix(JsonNode target, ObjectNode other) {
    if (target instanceof ObjectNode map) {
      map.setAll(other);
    }
  }

  private String key() {
    return random.nextInt(3) == 0 ? one(TEXTS) : one(KEYS);
  }

  private String text() {
    return switch (random.nextInt(6)) {
      case 4 -> one(TIMES);
      case 0 -> one(URLS);
      case 1 -> one(UUIDS);
      case 2 -> one(PRODUCTS);
      case 3 -> uuid();
      default -> one(TEXTS);
    };
  }

  private JsonNode junk() {
    return switch (random.nextInt(22)) {
      case 0 -> JSON.nullNode();
      case 1 -> JSON.booleanNode(random.nextBoolean());
      case 2 -> JSON.numberNode(random.nextInt(3));
      case 3 -> JSON.numberNode(one(List.of(1.0, 0.1, 1.5, -1.0, 1e20, 2024.0)));
      case 4 -> JSON.objectNode();
      case 5 -> JSON.arrayNode();
      case 6 -> JSON.arrayNode().addNull();
      case 7 -> JSON.objectNode().set(key(), junk());
      case 8 -> JSON.arrayNode().add(junk()).add(junk());
      case 9 -> cluster();
      case 10 -> token();
      case 11 -> permissions();
      case 12 -> revoked(token());
      case 13 -> rotate();
      case 14 -> expectation();
      case 15 -> clauses();
      case 16 -> stated();
      case 17 -> part();
      default -> JSON.textNode(text());
    };
  }
}
