package org.cloudcrowd.terminal.ssh;

import java.io.IOException;
import org.apache.sshd.server.command.AbstractCommandSupport;
import org.cloudcrowd.terminal.session.Sessions;

/** A line that is run without a terminal; its exit code tells whether it was done. */
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
