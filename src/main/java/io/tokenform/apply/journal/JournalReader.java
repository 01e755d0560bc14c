package io.tokenform.apply.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tokenform.access.Address;
import io.tokenform.access.BoundedFile;
import io.tokenform.access.Nonce;
import io.tokenform.access.Sha256;
import io.tokenform.access.TokenId;
import io.tokenform.finding.Location;
import io.tokenform.finding.SourceText;
import io.tokenform.live.ClusterJson;
import io.tokenform.plan.Change;
import io.tokenform.plan.RoleOrigins;
import io.tokenform.plan.WaveOrder;
import io.tokenform.planfile.ChangeJson;
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
  private final SourceText source;
  private final Set<TokenId> ids = new HashSet<>();
  private final Map<Address, RecordedChange> changes = new LinkedHashMap<>();
  private final JournalVersion1 version1 = new JournalVersion1();
  private int version;
  private JournalHeader header;
  private Optional<Instant> endedAt = Optional.empty();
  private Optional<String> stop = Optional.empty();

  private JournalReader(String name) {
    this.name = name;
    this.source = new SourceText(name, "");
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
          "the journal " + file + " cannot be read: it is not a regular file",
          "\"tokenform journal list\" shows the journals here",
          null);
    }
    byte[] bytes;
    try {
      bytes = BoundedFile.read(file, LARGEST);
    } catch (IOException e) {
      throw new JournalException(
          "the journal " + file + " cannot be read: " + Journals.problem(e),
          "\"tokenform journal list\" shows the journals here",
          e);
    }
    return new JournalReader(file.getFileName().toString()).read(bytes);
  }

  private RecordedApply read(byte[] bytes) throws JournalException {
    // A journal has printable ASCII alone; what else there may be is no line of one.
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
    // What follows the last line break is nothing, or a line that was being written.
    lines.remove(lines.size() - 1);
    for (int i = 0; i < lines.size(); i++) {
      try {
        line(i + 1, MAPPER.readTree(lines.get(i)));
      } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
        throw new JournalException(
            name + ":" + (i + 1) + ": this is not a line of a journal", "give another file", e);
      }
    }
    if (header == null) {
      throw new JournalException(
          name + " has no complete line: that apply sent nothing",
          "there is nothing to do for it",
          null);
    }
    return new RecordedApply(
        name, header, List.copyOf(changes.values()), endedAt, stop, Sha256.of(bytes));
  }

  private void line(int number, JsonNode line) throws JournalException {
    String event = line.path("event").asText();
    if (header == null) {
      if (!event.equals("begun")) {
        throw new IllegalArgumentException("a journal begins with the event begun");
      }
      header = header(line);
      return;
    }
    JsonNode current = version == 1 ? version1.asVersion2(line) : line;
    switch (event) {
      case "started" -> {
        Change change = change(number, current);
        boolean isNew = change.liveId().map(ids::add).orElse(true);
        if (!isNew || changes.put(change.address(), RecordedChange.started(change)) != null) {
          throw new IllegalArgumentException("a token appears in it twice");
        }
      }
      case "attempt" ->
          changes.compute(address(current), (address, change) -> known(change).attempted());
      case "step" -> {
        MakingStep step = step(current);
        changes.compute(address(current), (address, change) -> known(change).came(step));
      }
      case "ended" -> {
        endedAt = Optional.of(Instant.parse(line.path("at").asText()));
        stop = text(line, "stop");
      }
      default -> {
        Result result =
            Result.named(event)
                .orElseThrow(() -> new IllegalArgumentException("there is no event " + event));
        boolean mayHaveHappened =
            switch (result) {
              case APPLIED, UNKNOWN -> true;
              case NOT_ATTEMPTED -> false;
              // Unless the journal says clearly that it did not.
              case FAILED, DRIFTED -> !isFalse(current.path("mayHaveHappened"));
            };
        changes.compute(
            address(current),
            (address, change) ->
                known(change).ended(result, text(line, "reason"), mayHaveHappened));
      }
    }
  }

  private JournalHeader header(JsonNode line) throws JournalException {
    if (!line.path("version").isInt()) {
      throw new IllegalArgumentException("the version is missing");
    }
    version = line.path("version").intValue();
    if (version < 1 || version > JournalJson.VERSION) {
      throw new JournalException(
          name + ": it has version " + version + " of the journal format",
          "this tokenform reads versions 1 and "
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
        Arrays.stream(WaveOrder.values())
            .filter(order -> order.toString().equals(line.path("order").asText()))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("the order is missing")),
        line.path("changes").asInt(),
        text(line, "rollsBack"),
        new Cause(
            text(line, "commit"),
            text(line, "pullRequest"),
            text(line, "run"),
            text(line, "reason")));
  }

  private Change change(int number, JsonNode line) throws JournalException {
    Optional<String> unknown = ChangeJson.unknownType(line);
    if (unknown.isPresent()) {
      throw new JournalException(
          name + ":" + number + ": this tokenform does not know changes of type " + unknown.get(),
          "use the tokenform that wrote the journal",
          null);
    }
    return ChangeJson.read(
        line, new Location(source, number, 1, 1), RoleOrigins.NONE, header.cluster());
  }

  private static MakingStep step(JsonNode line) {
    String word = line.path("step").asText();
    return new MakingStep(
        StepKind.named(word)
            .orElseThrow(() -> new IllegalArgumentException("there is no step " + word)),
        new Nonce(line.path("nonce").asText()),
        text(line, "id").map(TokenId::parse));
  }

  private static boolean isFalse(JsonNode node) {
    return node.isBoolean() && !node.booleanValue();
  }

  private static RecordedChange known(RecordedChange change) {
    if (change == null) {
      throw new IllegalArgumentException("a change that was not started has an outcome");
    }
    return change;
  }

  private static Address address(JsonNode line) {
    return Address.parse(line.path("address").asText());
  }

  private static Optional<String> text(JsonNode line, String field) {
    return Optional.ofNullable(line.get(field)).map(JsonNode::asText);
  }
}
