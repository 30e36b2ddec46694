package org.cloudcrowd.terminal.session;

import java.nio.file.Path;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shell on the terminal of this process. {@link #run} returns when its user leaves.
 *
 * <p>It is registered under a type of the JDK, because the launcher shares no class with any
 * bundle.
 */
@Component(property = "org.cloudcrowd.supplies=foreground-shell")
public final class ForegroundShell implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(ForegroundShell.class);

  private final Sessions sessions;
  private final Path history;

  /** Opens a session when it is run. */
  @Activate
  public ForegroundShell(BundleContext context, @Reference Sessions sessions) {
    this.sessions = sessions;
    history = Path.of(context.getProperty("org.cloudcrowd.data"), "shell", "history");
  }

  @Override
  public void run() {
    try (var terminal =
        TerminalClasses.with(
            () ->
                TerminalBuilder.builder()
                    .name("crowd")
                    .system(true)
                    .nativeSignals(true)
                    .signalHandler(Terminal.SignalHandler.SIG_IGN)
                    .build())) {
      sessions.talk(terminal, history);
    } catch (Exception e) {
      log.error("The shell on the terminal ended", e);
    }
  }
}
