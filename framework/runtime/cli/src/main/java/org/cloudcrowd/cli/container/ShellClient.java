package org.cloudcrowd.cli.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ClientChannel;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.channel.PtyMode;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.common.util.io.input.NoCloseInputStream;
import org.apache.sshd.common.util.io.output.NoCloseOutputStream;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.ControlChar;
import org.jline.terminal.Terminal;

/** A connection to the shell of a container whose shell directory can be read. */
final class ShellClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int FAILED = 1;
  private static final Map<PtyMode, ControlChar> KEYS =
      Map.of(
          PtyMode.VINTR, ControlChar.VINTR,
          PtyMode.VQUIT, ControlChar.VQUIT,
          PtyMode.VERASE, ControlChar.VERASE,
          PtyMode.VKILL, ControlChar.VKILL,
          PtyMode.VEOF, ControlChar.VEOF,
          PtyMode.VSUSP, ControlChar.VSUSP);

  private final SshClient client;
  private final ClientSession session;

  /** Connects by the keys and address in a shell directory. */
  ShellClient(Path directory) throws IOException {
    var address = Files.readString(address(directory)).strip();
    int colon = address.lastIndexOf(':');
    var hostKey = key(directory.resolve("host_key"));
    client = SshClient.setUpDefaultClient();
    client.setServerKeyVerifier(
        (session, remote, key) -> KeyUtils.compareKeys(hostKey.getPublic(), key));
    client.start();
    try {
      session =
          client
              .connect(
                  System.getProperty("user.name"),
                  address.substring(0, colon),
                  Integer.parseInt(address.substring(colon + 1)))
              .verify(PATIENCE)
              .getSession();
      session.addPublicKeyIdentity(key(directory.resolve("client_key")));
      session.auth().verify(PATIENCE);
    } catch (IOException e) {
      client.close();
      throw new IOException("the shell at " + address + " lets nobody in: " + e.getMessage(), e);
    }
  }

  /** The file with the address of the open shell. */
  static Path address(Path directory) {
    return directory.resolve("address");
  }

  private static KeyPair key(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw new IOException("the key " + file + " cannot be read; who started the container can");
    }
    return new FileKeyPairProvider(file).loadKeys(null).iterator().next();
  }

  /** Runs a line, prints its output, and returns its exit code. */
  int run(String line) throws IOException {
    try (var channel = session.createExecChannel(line)) {
      channel.setOut(new NoCloseOutputStream(System.out));
      channel.setErr(new NoCloseOutputStream(System.err));
      return exitCode(channel);
    }
  }

  /** Runs a session until the user leaves. */
  int talk(Terminal terminal) throws IOException {
    try (var channel = session.createShellChannel()) {
      var attributes = terminal.enterRawMode();
      channel.setUsePty(true);
      channel.setPtyModes(keys(attributes));
      channel.setPtyType(terminal.getType());
      channel.setPtyColumns(terminal.getWidth());
      channel.setPtyLines(terminal.getHeight());
      channel.setIn(new NoCloseInputStream(terminal.input()));
      channel.setOut(new NoCloseOutputStream(terminal.output()));
      channel.setErr(new NoCloseOutputStream(terminal.output()));
      terminal.handle(
          Terminal.Signal.WINCH,
          signal -> {
            try {
              channel.sendWindowChange(terminal.getWidth(), terminal.getHeight());
            } catch (IOException e) {
              // The session is ending.
              channel.close(true);
            }
          });
      return exitCode(channel);
    }
  }

  /** Passes on the control characters of the terminal. */
  private static Map<PtyMode, Integer> keys(Attributes attributes) {
    var keys = new EnumMap<PtyMode, Integer>(PtyMode.class);
    KEYS.forEach((mode, key) -> keys.put(mode, attributes.getControlChar(key)));
    return keys;
  }

  private static int exitCode(ClientChannel channel) throws IOException {
    channel.open().verify(PATIENCE);
    channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), Duration.ZERO);
    var status = channel.getExitStatus();
    return status == null ? FAILED : status;
  }

  @Override
  public void close() throws IOException {
    session.close();
    client.close();
  }
}
