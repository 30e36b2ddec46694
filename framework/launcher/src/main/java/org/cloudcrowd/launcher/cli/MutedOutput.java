package org.cloudcrowd.launcher.cli;

import java.io.IOException;
import java.io.OutputStream;

/** A stream that can be turned off, whoever holds it. */
final class MutedOutput extends OutputStream {
  private final OutputStream target;
  private volatile boolean muted;

  MutedOutput(OutputStream target) {
    this.target = target;
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
