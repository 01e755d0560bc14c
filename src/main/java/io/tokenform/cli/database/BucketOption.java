package io.tokenform.cli.database;

import io.tokenform.access.database.PartitionPart;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a bucket of a partition template as influxctl has it: {@code TAG,N}. */
final class BucketOption implements ITypeConverter<PartitionPart.Bucket> {
  @Override
  public PartitionPart.Bucket convert(String text) {
    int comma = text.lastIndexOf(',');
    try {
      if (comma > 0) {
        return new PartitionPart.Bucket(
            text.substring(0, comma), Integer.parseInt(text.substring(comma + 1)));
      }
    } catch (NumberFormatException e) {
      // Said below, as for no number at all.
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
    throw new TypeConversionException(
        "\"" + text + "\" is not a tag and a number of buckets such as sensor,100");
  }
}
