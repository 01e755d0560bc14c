package io.tokenform.apply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tokenform.access.BoundedFile;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.plan.StageOrder;
import io.tokenform.planfile.ClusterJson;
import io.tokenform.planfile.ManagedFieldsJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads journals, also those of applies that were killed: a last line that is torn was never acted
 * on, and is passed over.
 */
public final class JournalReader {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  /** The largest journal that is read, in bytes; a change takes about one kibibyte. */
  private static final int LARGEST = 128 << 20;

  private final String name;
  private final Set<TokenName> names = new HashSet<>();
  private final Map<TokenId, RecordedChange> changes = new LinkedHashMap<>();
  private JournalHeader header;
  private Optional<Instant> endedAt = Optional.empty();
  private Optional<String> stop = Optional.empty();

  private JournalReader(String name) {
    this.name = name;
  }

  /**
   * The apply that a journal tells of.
   *
   * @throws JournalException if the file cannot be read, or is no journal
   */
  public static RecordedApply read(Path file) throws JournalException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      // A pipe or a device might have no end.
      throw new JournalException(
          "the journal " + file + " cannot be read: it is no regular file",
          "\"tokenform journal list\" names those that are here",
          null);
    }
    String text;
    try {
      // A journal has printable ASCII alone; what else there may be is no line of one.
      text = new String(BoundedFile.read(file, LARGEST), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new JournalException(
          "the journal " + file + " cannot be read: " + Journals.problem(e),
          "\"tokenform journal list\" names those that are here",
          e);
    }
    return new JournalReader(file.getFileName().toString()).read(text);
  }

  private RecordedApply read(String text) throws JournalException {
    List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
    // What follows the last line break is nothing, or a line that was being written.
    lines.remove(lines.size() - 1);
    for (int i = 0; i < lines.size(); i++) {
      try {
        line(i + 1, MAPPER.readTree(lines.get(i)));
      } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
        throw new JournalException(
            name + ":" + (i + 1) + ": this is no line of a journal", "give another file", e);
      }
    }
    if (header == null) {
      throw new JournalException(
          name + " has no whole line: nothing was sent by that apply",
          "there is nothing to do for it",
          null);
    }
    return new RecordedApply(name, header, List.copyOf(changes.values()), endedAt, stop);
  }

  private void line(int number, JsonNode line) throws JournalException {
    String event = line.path("event").asText();
    if (header == null) {
      if (!event.equals("begun")) {
        throw new IllegalArgumentException("a journal begins otherwise");
      }
      header = header(line);
      return;
    }
    switch (event) {
      case "started" -> {
        RecordedChange change = started(number, line);
        if (!names.add(change.token()) || changes.putIfAbsent(change.id(), change) != null) {
          throw new IllegalArgumentException("a token stands in it twice");
        }
      }
      case "attempt" -> changes.compute(id(line), (id, change) -> known(change).attempted());
      case "ended" -> {
        endedAt = Optional.of(Instant.parse(line.path("at").asText()));
        stop = text(line, "stop");
      }
      default -> {
        Result result =
            Result.named(event)
                .orElseThrow(() -> new IllegalArgumentException("there is no event " + event));
        changes.compute(id(line), (id, change) -> finished(known(change), result, line));
      }
    }
  }

  private JournalHeader header(JsonNode line) throws JournalException {
    JsonNode version = line.path("version");
    if (!version.isInt()) {
      throw new IllegalArgumentException("the version is missing");
    }
    if (version.intValue() != JournalJson.VERSION) {
      throw new JournalException(
          name + ": it has version " + version + " of the form of journals",
          "this tokenform reads version "
              + JournalJson.VERSION
              + "; use the tokenform that wrote it",
          null);
    }
    return new JournalHeader(
        Instant.parse(line.path("at").asText()),
        line.path("toolVersion").asText(),
        line.path("user").asText(),
        text(line, "host"),
        line.path("plan").asText(),
        ClusterJson.read(line.path("cluster")),
        Arrays.stream(StageOrder.values())
            .filter(order -> order.toString().equals(line.path("order").asText()))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("the order is missing")),
        line.path("changes").asInt(),
        text(line, "rollsBack"));
  }

  private static RecordedChange started(int number, JsonNode line) {
    return new RecordedChange(
        number,
        new TokenName(line.path("token").asText()),
        id(line),
        line.path("stage").asInt(),
        ManagedFieldsJson.read(line.path("before")),
        ManagedFieldsJson.read(line.path("after")),
        0,
        Optional.empty(),
        Optional.empty(),
        // Until something else is known.
        true);
  }

  private static RecordedChange finished(RecordedChange change, Result result, JsonNode line) {
    boolean mayHaveHappened =
        switch (result) {
          case APPLIED, UNKNOWN -> true;
          case FAILED -> line.path("mayHaveHappened").asBoolean(true);
          case DRIFTED -> line.path("sent").asBoolean(true);
          case NOT_ATTEMPTED -> false;
        };
    return change.ended(result, text(line, "reason"), mayHaveHappened);
  }

  private static RecordedChange known(RecordedChange change) {
    if (change == null) {
      throw new IllegalArgumentException("a change that was not started has an outcome");
    }
    return change;
  }

  private static TokenId id(JsonNode line) {
    return TokenId.parse(line.path("id").asText());
  }

  private static Optional<String> text(JsonNode line, String field) {
    return Optional.ofNullable(line.get(field)).map(JsonNode::asText);
  }
}
