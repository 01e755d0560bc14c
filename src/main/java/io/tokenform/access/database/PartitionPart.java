package io.tokenform.access.database;

import java.util.Objects;

/**
 * One part of a {@link PartitionTemplate} (Management API, ClusterDatabasePartitionTemplatePart).
 */
public sealed interface PartitionPart {
  /** The most buckets of a part. */
  int MAX_BUCKETS = 100_000;

  /**
   * What somebody does with parts, a method for each kind.
   *
   * @param <E> what may be thrown
   */
  interface Visitor<E extends Exception> {
    void visit(Tag tag) throws E;

    void visit(Time time) throws E;

    void visit(Bucket bucket) throws E;
  }

  /** What the API calls parts of this kind. */
  String type();

  /** Has the visitor do what it does with parts of this kind. */
  <E extends Exception> void accept(Visitor<E> visitor) throws E;

  /**
   * A part for each value of a tag.
   *
   * @param value the tag's name
   */
  record Tag(String value) implements PartitionPart {
    /**
     * @throws IllegalArgumentException if the name is empty
     */
    public Tag {
      notEmpty(value, "a partition template's tag");
    }

    @Override
    public String type() {
      return "tag";
    }

    @Override
    public <E extends Exception> void accept(Visitor<E> visitor) throws E {
      visitor.visit(this);
    }

    @Override
    public String toString() {
      return "tag " + value;
    }
  }

  /**
   * A part for each period of time.
   *
   * @param value the form of the period, in the letters of strftime, as in {@code %Y-%m-%d}
   */
  record Time(String value) implements PartitionPart {
    /**
     * @throws IllegalArgumentException if the form is empty
     */
    public Time {
      notEmpty(value, "a partition template's time format");
    }

    @Override
    public String type() {
      return "time";
    }

    @Override
    public <E extends Exception> void accept(Visitor<E> visitor) throws E {
      visitor.visit(this);
    }

    @Override
    public String toString() {
      return "time " + value;
    }
  }

  /**
   * A part for each of some buckets, among which the values of a tag are spread.
   *
   * @param tagName the tag's name
   * @param numberOfBuckets from 1 to {@value PartitionPart#MAX_BUCKETS}
   */
  record Bucket(String tagName, int numberOfBuckets) implements PartitionPart {
    /**
     * @throws IllegalArgumentException if the name is empty, or the number is not in its range
     */
    public Bucket {
      notEmpty(tagName, "the tag of a partition template's bucket");
      if (numberOfBuckets < 1 || numberOfBuckets > MAX_BUCKETS) {
        throw new IllegalArgumentException(
            "a partition template's bucket must have 1 to 100000 buckets, not " + numberOfBuckets);
      }
    }

    @Override
    public String type() {
      return "bucket";
    }

    /** With the number as influxctl takes it. */
    @Override
    public <E extends Exception> void accept(Visitor<E> visitor) throws E {
      visitor.visit(this);
    }

    @Override
    public String toString() {
      return "bucket " + tagName + "," + numberOfBuckets;
    }
  }

  private static void notEmpty(String text, String what) {
    Objects.requireNonNull(text, what);
    if (text.isEmpty()) {
      throw new IllegalArgumentException(what + " must not be empty");
    }
  }
}
