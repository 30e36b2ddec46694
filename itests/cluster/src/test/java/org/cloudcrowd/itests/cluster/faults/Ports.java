package org.cloudcrowd.itests.cluster.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports for processes that are killed and come back at the same place. */
public final class Ports {
  /** Below those that the system gives to outgoing connections, which could take one meanwhile. */
  private static final int FIRST = 15_000;

  private static final int LAST = 30_000;

  private Ports() {}

  /** A free port, which nothing else is likely to take. */
  public static int free() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
      try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        // Somebody has it.
        Thread.onSpinWait();
      }
    }
  }
}
