package org.cloudcrowd.terminal.ssh;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.cloudcrowd.terminal.session.Sessions;
import org.cloudcrowd.terminal.session.TerminalClasses;
import org.jline.builtins.ssh.ShellFactoryImpl;
import org.jline.terminal.Terminal;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the shell over SSH, where a port is configured. */
@Component(
    service = SshShell.class,
    immediate = true,
    configurationPid = SshConfiguration.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = SshConfiguration.class)
public final class SshShell {
  private static final Logger log = LoggerFactory.getLogger(SshShell.class);
  private static final int OFF = -1;

  private final ComponentServiceObjects<Sessions> sessions;
  private final Sessions opened;
  private final ShellDirectory directory;
  private final SshServer server;

  /** Opens the port; without one it does nothing. */
  @Activate
  public SshShell(
      SshConfiguration configuration, @Reference ComponentServiceObjects<Sessions> sessions)
      throws IOException {
    this.sessions = sessions;
    if (configuration.ssh__port() == OFF) {
      opened = null;
      directory = null;
      server = null;
      return;
    }
    opened = sessions.getService();
    directory = new ShellDirectory(Path.of(configuration.directory()));
    try {
      server = TerminalClasses.with(() -> started(configuration));
    } catch (IOException e) {
      throw new IOException(
          "The shell cannot listen at "
              + configuration.ssh__host()
              + ":"
              + configuration.ssh__port()
              + ": "
              + e.getMessage(),
          e);
    }
    directory.publish(server.getHost(), server.getPort());
    log.info("The shell listens at {}:{}", server.getHost(), server.getPort());
  }

  private SshServer started(SshConfiguration configuration) throws IOException {
    var ssh = SshServer.setUpDefaultServer();
    ssh.setHost(configuration.ssh__host());
    ssh.setPort(configuration.ssh__port());
    ssh.setKeyPairProvider(directory.hostKey());
    ssh.setPublickeyAuthenticator(
        Guests.withKeys(directory.clientKey(), configuration.authorized__keys().strip()));
    ssh.setPasswordAuthenticator(Guests.withToken(configuration.token().strip()));
    var idle = Duration.ofMinutes(configuration.idle__minutes());
    CoreModuleProperties.IDLE_TIMEOUT.set(ssh, idle);
    // Otherwise the connection would end before its session.
    CoreModuleProperties.NIO2_READ_TIMEOUT.set(ssh, idle.plusMinutes(1));
    ssh.setShellFactory(
        new ShellFactoryImpl(
            session -> {
              talk(session.getTerminal());
              session.getCloser().run();
            }));
    ssh.setCommandFactory((channel, line) -> new LineCommand(line, opened));
    ssh.start();
    return ssh;
  }

  private void talk(Terminal terminal) {
    try {
      opened.talk(terminal, directory.history());
    } catch (Exception e) {
      log.debug("A session of the shell ended", e);
    }
  }

  /** Closes the port; sessions end. */
  @Deactivate
  public void close() throws IOException {
    if (server != null) {
      directory.withdraw();
      server.stop(true);
      sessions.ungetService(opened);
    }
  }
}
