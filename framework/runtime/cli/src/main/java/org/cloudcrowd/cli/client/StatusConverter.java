package org.cloudcrowd.cli.client;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.cloudcrowd.protocol.job.Status;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a status by its name on the wire. */
final class StatusConverter implements ITypeConverter<Status> {
  @Override
  public Status convert(String word) {
    return Arrays.stream(Status.values())
        .filter(status -> status.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'"
                        + word
                        + "' is none of "
                        + Arrays.stream(Status.values())
                            .map(Status::word)
                            .collect(Collectors.joining(", "))));
  }
}
