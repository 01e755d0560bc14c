package io.tokenform.sandbox.api;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonStreamContext;

/**
 * Where in a JSON text something stands.
 *
 * @param path such as {@code tokens[3].permissions[0].action}; empty for the whole text
 * @param line counted from 1
 * @param column counted from 1
 */
public record JsonPlace(String path, int line, int column) {
  static JsonPlace of(JsonStreamContext context, JsonLocation location) {
    StringBuilder path = new StringBuilder();
    append(context, path);
    // Before the first token, Jackson's column is 0.
    return new JsonPlace(
        path.toString(), Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
  }

  private static void append(JsonStreamContext context, StringBuilder path) {
    if (context.inRoot()) {
      return;
    }
    append(context.getParent(), path);
    if (context.inArray() && context.hasCurrentIndex()) {
      path.append('[').append(context.getCurrentIndex()).append(']');
    } else if (context.inObject() && context.hasCurrentName()) {
      path.append(path.isEmpty() ? "" : ".").append(Printable.of(context.getCurrentName()));
    }
  }

  /** The element's path, or {@code whole} where that is everything. */
  String element(String whole) {
    return path.isEmpty() ? whole : path;
  }
}
