package org.cloudcrowd.worker;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Sends all that is printed in this process to standard error. After a unit that printed anything
 * it adds a line, by which the node knows that it has read all. Safe for any number of threads.
 */
final class Printed extends OutputStream {
  private final OutputStream out;
  private boolean isUsed;
  private boolean isLineOpen;

  Printed(OutputStream out) {
    this.out = out;
  }

  /** Writes to the standard error of the process. */
  static Printed toStandardError() {
    return new Printed(new FileOutputStream(FileDescriptor.err));
  }

  @Override
  public synchronized void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] more, int offset, int length) throws IOException {
    if (length > 0) {
      out.write(more, offset, length);
      isUsed = true;
      isLineOpen = more[offset + length - 1] != '\n';
    }
  }

  /**
   * Ends what an attempt printed.
   *
   * @param end the end of the added line
   * @return whether it printed anything
   */
  synchronized boolean end(String end) {
    if (!isUsed) {
      return false;
    }
    try {
      write(((isLineOpen ? "\n" : "") + end + "\n").getBytes(StandardCharsets.UTF_8));
      return true;
    } catch (IOException e) {
      // Standard error is closed, which is no reason to fail a unit.
      return false;
    } finally {
      isUsed = false;
    }
  }

  /** Closing a stream that prints here only closes that stream. */
  @Override
  public void close() throws IOException {
    flush();
  }
}
