package io.tokenform.policy;

import io.tokenform.access.Permission;
import io.tokenform.access.SecretShapes;

/** What of a live token a policy can say. */
public final class Expressible {
  private Expressible() {}

  /**
   * Whether a policy can hold a text: it holds no secret, and YAML knows only whole characters,
   * whereas JSON can spell half a surrogate pair.
   */
  public static boolean text(String text) {
    return !SecretShapes.hasOrHad(text)
        && text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE);
  }

  /** Whether a policy can give a permission: its action is a known one, its resource a name. */
  public static boolean permission(Permission permission) {
    String resource = permission.resource();
    int length = resource.codePointCount(0, resource.length());
    return permission.action().isDocumented()
        && length >= 1
        && length <= Permission.MAX_DATABASE_NAME_LENGTH
        && !Permission.isPattern(resource)
        && text(resource);
  }
}
