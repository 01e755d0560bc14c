package io.tokenform.policy;

import io.tokenform.access.Permission;
import io.tokenform.access.SecretShapes;
import io.tokenform.access.database.DatabaseName;
import io.tokenform.access.database.Retention;
import java.util.regex.Pattern;

/** What of live tokens and databases a policy can say. */
public final class Expressible {
  private static final Pattern RETENTION = Pattern.compile("[0-9]{1,10}[smhd]");

  private Expressible() {}

  /**
   * Whether a policy can hold a text: it holds no secret, and YAML knows only whole characters,
   * whereas JSON can spell half a surrogate pair.
   */
  public static boolean text(String text) {
    return !SecretShapes.hasOrHad(text)
        && text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE);
  }

  /** Whether a policy can have an entry for a database of this name. */
  public static boolean database(String name) {
    return !name.isBlank()
        && name.codePointCount(0, name.length()) <= Permission.MAX_DATABASE_NAME_LENGTH
        && name.indexOf('*') < 0
        && !DatabaseName.isPathStep(name)
        && name.codePoints().noneMatch(Character::isISOControl)
        && text(name);
  }

  /** Whether a policy can say a retention: it has whole seconds, and at most ten digits of them. */
  public static boolean retention(Retention retention) {
    return retention.isInfinite() || RETENTION.matcher(retention.text()).matches();
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
