package io.tokenform.policy;

import java.util.List;
import java.util.Random;

/** Writes random YAML documents of any structure and any style, with comments everywhere. */
public final class RandomYaml {
  private static final List<String> KEYS =
      List.of("version", "tokens", "roles", "a", "b c", "'q'", "\"d\"", "&k k", "!!str s", "''");

  private static final List<String> SCALARS =
      List.of(
          "a",
          "b c",
          "1",
          "true",
          "~",
          "''",
          "\"\"",
          "'it''s'",
          "'say \"x\"'",
          "'a\\b'",
          "\"\\n\"",
          "a#b",
          "&s s",
          "!!str 1",
          "! x",
          "-x",
          "?x",
          ":x",
          "a:b",
          "'#'",
          "\"a: b\"",
          "\u00fc");

  private final Random random;
  private final StringBuilder out = new StringBuilder();
  private int comments;

  public RandomYaml(Random random) {
    this.random = random;
  }

  public String document() {
    if (chance(8)) {
      out.append("%YAML 1.2").append(lineEnd()).append("---").append(lineEnd());
    } else if (chance(6)) {
      out.append("---").append(lineEnd());
    }
    ownLines(0);
    block(0, 0);
    if (chance(8)) {
      out.append("...").append(lineEnd());
      ownLines(0);
    }
    return out.toString();
  }

  /** A block collection whose entries start at a column; the cursor is there for the first. */
  private void block(int column, int depth) {
    boolean mapping = chance(3) || depth == 0;
    int entries = 1 + random.nextInt(3);
    for (int i = 0; i < entries; i++) {
      if (i > 0) {
        ownLines(column);
        out.append(" ".repeat(column));
      }
      if (!mapping) {
        out.append('-');
        value(column, depth, true);
      } else if (chance(12)) {
        out.append('?');
        value(column, depth, true);
        ownLines(column);
        out.append(" ".repeat(column)).append(':');
        value(column, depth, true);
      } else {
        out.append(pick(KEYS)).append(chance(8) ? " :" : ":");
        value(column, depth, false);
      }
    }
    if (chance(4)) {
      ownLines(column + random.nextInt(5));
    }
  }

  /** What follows a dash, a colon or a question mark, up to the end of a line. */
  private void value(int column, int depth, boolean compact) {
    int inner = column + 1 + random.nextInt(4);
    switch (random.nextInt(depth > 3 ? 6 : 10)) {
      case 0 -> out.append(lineEnd());
      case 1 -> {
        out.append(' ').append(chance(6) ? "&f " : "");
        flow(inner, 0);
        out.append(lineEnd());
      }
      case 2 -> blockScalar(column);
      case 3 -> {
        out.append(lineEnd());
        ownLines(inner);
        out.append(" ".repeat(inner)).append(pick(SCALARS)).append(lineEnd());
      }
      case 4 -> {
        String indent = "\n" + (chance(3) ? "\n" : "") + " ".repeat(inner);
        String text = "one" + indent + "two" + indent + "three";
        String quote = List.of("", "'", "\"").get(random.nextInt(3));
        out.append(' ').append(quote).append(text).append(quote).append(lineEnd());
      }
      case 5 -> out.append(' ').append(pick(SCALARS)).append(lineEnd());
      case 6 -> {
        if (compact) {
          out.append(" ".repeat(inner - column));
          block(inner, depth + 1);
        } else {
          out.append(lineEnd());
          ownLines(inner);
          out.append(" ".repeat(inner));
          block(inner, depth + 1);
        }
      }
      default -> {
        out.append(chance(8) ? " &b" : "").append(lineEnd());
        ownLines(inner);
        out.append(" ".repeat(inner));
        block(inner, depth + 1);
      }
    }
  }

  private void flow(int column, int depth) {
    boolean mapping = random.nextBoolean();
    out.append(mapping ? '{' : '[');
    space(column);
    int entries = random.nextInt(depth > 2 ? 2 : 5);
    for (int i = 0; i < entries; i++) {
      if (mapping || chance(10)) {
        out.append(chance(10) ? "? " : "").append(pick(KEYS));
        if (!chance(6)) {
          out.append(" :");
          space(column);
          flowValue(column, depth);
        }
      } else {
        flowValue(column, depth);
      }
      space(column);
      if (i < entries - 1 || chance(4)) {
        out.append(',');
        space(column);
      }
    }
    out.append(mapping ? '}' : ']');
  }

  private void flowValue(int column, int depth) {
    if (depth < 3 && chance(4)) {
      flow(column, depth + 1);
    } else {
      out.append(chance(20) ? "x".repeat(60) : pick(SCALARS).replace(":x", "x"));
    }
  }

  /** White space inside of brackets, at times with a comment. */
  private void space(int column) {
    if (chance(12)) {
      out.append(lineEnd());
      ownLines(column);
      out.append(" ".repeat(column));
    } else {
      out.append(' ');
    }
  }

  private void blockScalar(int column) {
    boolean indicated = chance(4);
    int indentation = indicated ? 2 : 1 + random.nextInt(4);
    out.append(' ').append(random.nextBoolean() ? '|' : '>').append(indicated ? "2" : "");
    out.append(List.of("", "", "-", "+").get(random.nextInt(4))).append(lineEnd());
    String indent = " ".repeat(column + indentation);
    for (int i = random.nextInt(4); i > 0; i--) {
      out.append(chance(4) ? "\n" : "");
      out.append(indent).append(indicated && chance(2) ? "  " : "").append("text # no comment\n");
      out.append(chance(6) ? indent + "   deeper\n" : "");
    }
    out.append("\n".repeat(chance(3) ? random.nextInt(3) : 0));
  }

  private String lineEnd() {
    String blanks = " ".repeat(random.nextInt(3));
    return chance(4) ? blanks + " # c" + comments++ + blanks + "\n" : blanks + "\n";
  }

  /** Lines of their own: blank ones and comments, near a column. */
  private void ownLines(int column) {
    while (chance(4)) {
      if (chance(2)) {
        out.append(" ".repeat(random.nextInt(3))).append('\n');
      } else {
        int indent = chance(3) ? random.nextInt(10) : column;
        out.append(" ".repeat(indent)).append("# c").append(comments++).append('\n');
      }
    }
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private String pick(List<String> texts) {
    return texts.get(random.nextInt(texts.size()));
  }
}
