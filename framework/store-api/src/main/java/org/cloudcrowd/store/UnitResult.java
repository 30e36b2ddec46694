package org.cloudcrowd.store;

import java.util.List;

/** The end of an attempt. */
public sealed interface UnitResult {
  /** The lease under which the attempt was made. */
  Lease lease();

  /**
   * The stage returned an output.
   *
   * @param output a JSON value
   */
  record Succeeded(Lease lease, String output) implements UnitResult {}

  /**
   * A split stage returned the inputs to process.
   *
   * @param parts JSON values, in order, possibly none
   */
  record Split(Lease lease, List<String> parts) implements UnitResult {}

  /**
   * The attempt failed; the unit has another if it has any left.
   *
   * @param message why
   */
  record Failed(Lease lease, String message) implements UnitResult {}
}
