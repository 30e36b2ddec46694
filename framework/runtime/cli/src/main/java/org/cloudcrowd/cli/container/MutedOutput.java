package org.cloudcrowd.cli.container;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** A stream that can be muted. */
final class MutedOutput extends OutputStream {
  private final OutputStream target;
  private volatile boolean muted;

  private MutedOutput(OutputStream target) {
    this.target = target;
  }

  /** Replaces standard error, before bundles replace it themselves and put it back again. */
  static MutedOutput overStandardError() {
    var output = new MutedOutput(System.err);
    System.setErr(new PrintStream(output, true, StandardCharsets.UTF_8));
    return output;
  }

  void mute() {
    muted = true;
  }

  @Override
  public void write(int octet) throws IOException {
    if (!muted) {
      target.write(octet);
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (!muted) {
      target.write(bytes, offset, length);
    }
  }

  @Override
  public void flush() throws IOException {
    target.flush();
  }
}
