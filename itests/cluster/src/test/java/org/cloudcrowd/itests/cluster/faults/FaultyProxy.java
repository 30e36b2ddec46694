package org.cloudcrowd.itests.cluster.faults;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Stands between two that speak TCP, and does to their words what a bad network does. */
public final class FaultyProxy implements Closeable {
  private static final int BUFFER_BYTES = 16 * 1024;

  /** What the network is like. */
  public enum Weather {
    /** Everything arrives. */
    FAIR,
    /** Nothing arrives, and connections break. */
    CUT,
    /** Requests arrive, and replies are lost: the connection breaks where one would come. */
    REPLIES_LOST,
    /** Everything arrives later. */
    SLOW
  }

  private static final long SLOW_MILLIS = 300;

  private final ServerSocket listening;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile Weather weather = Weather.FAIR;

  /** A proxy on a free port for the port {@code target} of this machine. */
  public FaultyProxy(int target) throws IOException {
    this.target = target;
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    thread(this::accept);
  }

  public int port() {
    return listening.getLocalPort();
  }

  public void change(Weather next) {
    weather = next;
    if (next == Weather.CUT) {
      open.forEach(FaultyProxy::close);
    }
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        var client = listening.accept();
        if (weather == Weather.CUT) {
          close(client);
        } else {
          connect(client);
        }
      } catch (IOException e) {
        // The other side is not there, or this proxy is closed; its clients see a broken
        // connection.
      }
    }
  }

  private void connect(Socket client) throws IOException {
    Socket server;
    try {
      server = new Socket(InetAddress.getLoopbackAddress(), target);
    } catch (IOException e) {
      close(client);
      throw e;
    }
    open.add(client);
    open.add(server);
    thread(() -> pump(client, server, false));
    thread(() -> pump(server, client, true));
  }

  private void pump(Socket from, Socket to, boolean replies) {
    try {
      InputStream in = from.getInputStream();
      var buffer = new byte[BUFFER_BYTES];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (weather == Weather.SLOW) {
          TimeUnit.MILLISECONDS.sleep(SLOW_MILLIS);
        }
        if (weather == Weather.CUT || (replies && weather == Weather.REPLIES_LOST)) {
          break;
        }
        to.getOutputStream().write(buffer, 0, read);
      }
    } catch (IOException e) {
      // One side is gone; the other hears of it below.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Socket socket : new Socket[] {from, to}) {
      close(socket);
      open.remove(socket);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void thread(Runnable work) {
    var thread = new Thread(work, "proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    open.forEach(FaultyProxy::close);
  }
}
