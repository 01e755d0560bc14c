package io.tokenform.export.terraform;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.tokenform.access.Secret;
import io.tokenform.access.TokenId;
import io.tokenform.access.Uuids;
import io.tokenform.export.terraform.StateToken.SecretKept;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads what {@code terraform show -json} prints of a state or of a saved plan, and a state file as
 * it is (version 4). OpenTofu has the same formats. The encoding is found out: Windows PowerShell
 * writes UTF-16.
 *
 * <p>Formats: developer.hashicorp.com/terraform/internals/json-format, and the state file as
 * Terraform 0.12 and later write it. Fields that are not known are passed over, as that page asks
 * for.
 */
public final class StateReader {
  /** How to get what can be read. */
  public static final String HOW = "terraform show -json";

  private static final String HINT =
      "give it what \"" + HOW + "\" prints (\"tofu show -json\" of OpenTofu)";

  private static final int STATE_VERSION = 4;

  /** Deeper than values of providers are nested, and no danger to the stack. */
  private static final int DEEPEST = 200;

  private static final String ID = "id";
  private static final String CLUSTER_ID = "clusterid";
  private static final String ACCESS_TOKEN = "accesstoken";

  /**
   * Attributes whose texts are tokens' secrets, whatever resource has them. Others are not kept
   * anyway; and what another provider calls a secret may be a name that a database has, too.
   */
  private static final Set<String> SECRETS = Set.of(ACCESS_TOKEN, "token");

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final JsonParser json;
  private final Consumer<Secret> known;
  private final List<StateToken> tokens = new ArrayList<>();
  private boolean isOpenTofu;

  private StateReader(JsonParser json, Consumer<Secret> known) {
    this.json = json;
    this.known = known;
  }

  /**
   * Reads a state.
   *
   * @param known told each secret in it as soon as it is read
   * @throws UnreadableStateException if it is none
   */
  public static TerraformState read(byte[] bytes, Consumer<Secret> known)
      throws UnreadableStateException {
    if (bytes.length > 1 && bytes[0] == 'P' && bytes[1] == 'K') {
      throw new UnreadableStateException(
          "it is a saved plan, or another archive", "\"" + HOW + " PLANFILE\" prints it as JSON");
    }
    try (JsonParser json = FACTORY.createParser(bytes)) {
      StateReader reader = new StateReader(json, known);
      try {
        return reader.document();
      } catch (JsonEOFException e) {
        // No exception of the parser's goes on from here: it would quote what stands there.
        throw new UnreadableStateException("it ends in the middle of its JSON", HINT);
      } catch (StreamConstraintsException e) {
        throw new UnreadableStateException(
            "line "
                + json.currentLocation().getLineNr()
                + " has a longer number or name, or is nested deeper, than in any state",
            HINT);
      } catch (IOException e) {
        throw new UnreadableStateException(
            "line "
                + json.currentLocation().getLineNr()
                + ", column "
                + json.currentLocation().getColumnNr()
                + " is not JSON",
            HINT);
      }
    } catch (IOException e) {
      throw new UnreadableStateException("it is no text that can be read", HINT);
    }
  }

  private TerraformState document() throws IOException, UnreadableStateException {
    if (json.nextToken() == null) {
      throw new UnreadableStateException(
          "it is empty", "did the command that was to print it fail? " + HINT);
    }
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw new UnreadableStateException("it is JSON, but no state of Terraform's", HINT);
    }
    boolean isState = false;
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      json.nextToken();
      switch (field) {
        case "format_version" -> {
          checkFormat(json.getText());
          isState = true;
        }
        case "version" -> {
          checkVersion();
          isState = true;
        }
        case "values" -> values();
        case "prior_state" -> priorState();
        case "resources" -> elements(this::storedResource);
        case "encrypted_data" ->
            throw new UnreadableStateException(
                "it is encrypted by OpenTofu", "\"tofu show -json\" prints it");
        case "@level", "@message" ->
            throw new UnreadableStateException(
                "it is the log of a plan or an apply, and no state", HINT);
        default -> json.skipChildren();
      }
    }
    if (json.nextToken() != null) {
      throw new UnreadableStateException("something follows where its JSON should end", HINT);
    }
    if (!isState) {
      throw new UnreadableStateException("it is JSON, but no state of Terraform's", HINT);
    }
    return new TerraformState(tokens, isOpenTofu);
  }

  private static void checkFormat(String version) throws UnreadableStateException {
    if (!version.startsWith("0.") && !version.startsWith("1.")) {
      throw new UnreadableStateException(
          "its format_version is none that this version of tokenform knows",
          "update tokenform, or use a state file of version " + STATE_VERSION);
    }
  }

  private void checkVersion() throws IOException, UnreadableStateException {
    if (json.currentToken() != JsonToken.VALUE_NUMBER_INT
        || json.getValueAsInt() != STATE_VERSION) {
      throw new UnreadableStateException(
          "it is no state file of version " + STATE_VERSION, HINT + " of a current version");
    }
  }

  /** What reads a value, and leaves the parser at its end. */
  @FunctionalInterface
  private interface Value {
    void read() throws IOException;
  }

  /** What reads the value of a field. */
  @FunctionalInterface
  private interface Field {
    void read(String name) throws IOException;
  }

  private void fields(Field read) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      return;
    }
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      json.nextToken();
      read.read(field);
    }
  }

  private void elements(Value read) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      read.read();
    }
  }

  /** What a plan starts from. What it would make has no ids yet. */
  private void priorState() throws IOException {
    fields(
        field -> {
          if (field.equals("values")) {
            values();
          } else {
            json.skipChildren();
          }
        });
  }

  private void values() throws IOException {
    fields(
        field -> {
          if (field.equals("root_module")) {
            module();
          } else {
            json.skipChildren();
          }
        });
  }

  private void module() throws IOException {
    fields(
        field -> {
          switch (field) {
            case "resources" -> elements(this::shownResource);
            case "child_modules" -> elements(this::module);
            default -> json.skipChildren();
          }
        });
  }

  private void shownResource() throws IOException {
    Map<String, String> said = new HashMap<>();
    Instance instance = new Instance();
    fields(
        field -> {
          switch (field) {
            case "values" -> instance.attributes();
            case "index" -> instance.key();
            case "deposed_key" -> instance.isDeposed = true;
            default -> text(said, field);
          }
        });
    TerraformAddress address = new TerraformAddress(said.getOrDefault("address", ""));
    // Old versions say the address of the resource, and not that of the instance.
    add(said, address.isInstance() ? address : instance.address(address), instance);
  }

  private void storedResource() throws IOException {
    Map<String, String> said = new HashMap<>();
    List<Instance> instances = new ArrayList<>();
    fields(
        field -> {
          if (field.equals("instances")) {
            elements(() -> instances.add(storedInstance()));
          } else {
            text(said, field);
          }
        });
    TerraformAddress address =
        TerraformAddress.of(
            said.getOrDefault("module", ""),
            said.getOrDefault("type", ""),
            said.getOrDefault("name", ""));
    instances.forEach(instance -> add(said, instance.address(address), instance));
  }

  private Instance storedInstance() throws IOException {
    Instance instance = new Instance();
    fields(
        field -> {
          switch (field) {
            case "attributes", "attributes_flat" -> instance.attributes();
            case "index_key" -> instance.key();
            case "deposed" -> instance.isDeposed = true;
            default -> json.skipChildren();
          }
        });
    return instance;
  }

  private void text(Map<String, String> said, String field) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      said.put(field, json.getText());
    } else {
      json.skipChildren();
    }
  }

  private void add(Map<String, String> said, TerraformAddress address, Instance instance) {
    String type = said.getOrDefault("type", "");
    boolean isToken = type.startsWith("influx") && type.endsWith("token");
    boolean isManaged = said.getOrDefault("mode", "managed").equals("managed");
    if (!isManaged || !(isToken || instance.id().isPresent())) {
      return;
    }
    tokens.add(
        new StateToken(
            address,
            isToken,
            instance.id(),
            Optional.ofNullable(instance.clusterId).filter(Uuids::isUuid).map(Uuids::parse),
            isToken ? instance.secret : SecretKept.NONE,
            instance.isDeposed));
    isOpenTofu |=
        isToken
            && (said.getOrDefault("provider_name", "") + said.getOrDefault("provider", ""))
                .contains("opentofu.org/");
  }

  /** One object that a resource stands for. */
  private final class Instance {
    private String each;
    private String count;
    private String id;
    private String clusterId;
    private SecretKept secret = SecretKept.NONE;
    private boolean isDeposed;

    private void key() throws IOException {
      switch (json.currentToken()) {
        case VALUE_STRING -> each = json.getText();
        case VALUE_NUMBER_INT -> count = json.getText();
        default -> json.skipChildren();
      }
    }

    private void attributes() throws IOException {
      fields(field -> attribute(plain(field), true));
    }

    private void attribute(String name, boolean isOwn) throws IOException {
      switch (json.currentToken()) {
        case START_OBJECT -> fields(field -> attribute(plain(field), false));
        case START_ARRAY -> elements(() -> attribute(name, false));
        case VALUE_STRING -> text(name, json.getText(), isOwn);
        default -> {}
      }
    }

    private void text(String name, String text, boolean isOwn) {
      if (SECRETS.contains(name) && !text.isEmpty()) {
        boolean isRedacted = isRedacted(text);
        if (!isRedacted) {
          known.accept(Secret.of(text));
        }
        if (isOwn && name.equals(ACCESS_TOKEN)) {
          secret = isRedacted ? SecretKept.REDACTED : SecretKept.SHOWN;
        }
      }
      if (isOwn && name.equals(ID)) {
        id = text;
      }
      if (isOwn && name.equals(CLUSTER_ID)) {
        clusterId = text;
      }
    }

    private Optional<TokenId> id() {
      return Optional.ofNullable(id).filter(Uuids::isUuid).map(TokenId::parse);
    }

    private TerraformAddress address(TerraformAddress resource) {
      if (each != null) {
        return resource.each(each);
      }
      return count == null ? resource : resource.at(count);
    }
  }

  /** A name of an attribute, however its parts are joined. */
  private static String plain(String name) {
    return name.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
  }

  /** Whether somebody has put a word in the place of a secret; the word is none. */
  private static boolean isRedacted(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.matches("\\W*(redacted|sensitive|sensitive value|secret|masked|hidden)\\W*")
        || text.matches("[*x.#-]+");
  }
}
