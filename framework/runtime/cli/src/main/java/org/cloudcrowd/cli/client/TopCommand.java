package org.cloudcrowd.cli.client;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.protocol.server.StatusView;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the cluster, updated every second. */
@Command(
    name = "top",
    description = "Shows nodes and open jobs, live, until q is pressed.",
    mixinStandardHelpOptions = true)
public final class TopCommand implements Callable<Integer> {
  private static final int EVERY_MILLIS = 1000;
  private static final int COLUMNS = 80;
  private static final int ROWS = 24;
  private static final String ENTER = "\u001b[?1049h\u001b[?25l";
  private static final String LEAVE = "\u001b[?25h\u001b[?1049l";
  private static final String HOME = "\u001b[H";
  private static final String END_OF_LINE = "\u001b[K";
  private static final String END_OF_SCREEN = "\u001b[J";

  @Spec private CommandSpec command;
  @Mixin private ServerOption server;

  @Option(names = "--once", description = "Prints what there is, and ends.")
  private boolean once;

  private final TopScreen screen = new TopScreen();

  @Override
  public Integer call() throws IOException, InterruptedException {
    var client = server.client();
    if (once) {
      var out = command.commandLine().getOut();
      screen
          .lines(client.status(), client.url().toString(), System.nanoTime(), COLUMNS, ROWS)
          .forEach(out::println);
      out.flush();
      return 0;
    }
    // A missing server is reported before the screen is cleared.
    var first = client.status();
    try (var terminal = TerminalBuilder.builder().dumb(false).build()) {
      show(terminal, client, first);
    } catch (IllegalStateException e) {
      throw new IOException("crowd top needs a terminal; without one, use --once", e);
    }
    return 0;
  }

  private void show(Terminal terminal, CrowdClient client, StatusView first)
      throws IOException, InterruptedException {
    var before = terminal.enterRawMode();
    var out = terminal.writer();
    out.print(ENTER);
    try {
      var status = first;
      for (int key = 0; key != 'q' && key != 3 && key != -1; ) {
        draw(terminal, client, status);
        key = terminal.reader().read(EVERY_MILLIS);
        status = client.status();
      }
    } finally {
      out.print(LEAVE);
      terminal.flush();
      terminal.setAttributes(before);
    }
  }

  private void draw(Terminal terminal, CrowdClient client, StatusView status) {
    var out = terminal.writer();
    int columns = terminal.getWidth() > 0 ? terminal.getWidth() : COLUMNS;
    int rows = terminal.getHeight() > 0 ? terminal.getHeight() : ROWS;
    var lines = screen.lines(status, client.url().toString(), System.nanoTime(), columns, rows);
    out.print(HOME);
    out.print(String.join(END_OF_LINE + "\r\n", lines));
    out.print(END_OF_LINE + END_OF_SCREEN);
    terminal.flush();
  }
}
