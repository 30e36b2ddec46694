package org.cloudcrowd.worker;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What is printed in this process, by whatever way, goes to standard error. After a unit that
 * printed anything comes a line that says so: by it the node knows when it has heard all. Safe for
 * any number of threads.
 */
final class Printed extends OutputStream {
  private final OutputStream out;
  private boolean isUsed;
  private boolean isLineOpen;

  Printed(OutputStream out) {
    this.out = out;
  }

  /** Goes to the process's own standard error. */
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
   * @param end what its last line ends with
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
      // Nobody hears what is printed; that is no reason to fail a unit.
      return false;
    } finally {
      isUsed = false;
    }
  }

  /** Whoever closes a stream that prints here ends nothing but that stream. */
  @Override
  public void close() throws IOException {
    flush();
  }
}
