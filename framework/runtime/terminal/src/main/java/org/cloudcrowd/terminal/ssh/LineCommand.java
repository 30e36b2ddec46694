package org.cloudcrowd.terminal.ssh;

import java.io.IOException;
import org.apache.sshd.server.command.AbstractCommandSupport;
import org.cloudcrowd.terminal.session.Sessions;

/** Runs a line without a terminal; its exit code tells whether it succeeded. */
final class LineCommand extends AbstractCommandSupport {
  private static final int FAILED = 1;

  private final Sessions sessions;

  LineCommand(String line, Sessions sessions) {
    super(line, null);
    this.sessions = sessions;
  }

  @Override
  public void run() {
    try {
      onExit(sessions.run(getCommand(), getInputStream(), getOutputStream(), getErrorStream()));
    } catch (IOException e) {
      onExit(FAILED, String.valueOf(e.getMessage()));
    }
  }
}
