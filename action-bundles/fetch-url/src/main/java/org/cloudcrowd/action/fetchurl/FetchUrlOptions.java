package org.cloudcrowd.action.fetchurl;

/**
 * What becomes of what is downloaded.
 *
 * @param keep whether it is kept; it is where nothing is said
 */
public record FetchUrlOptions(Boolean keep) {

  /** With what is usual in place of what is not said. */
  public FetchUrlOptions {
    keep = keep == null || keep;
  }
}
