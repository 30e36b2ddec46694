package org.cloudcrowd.cli.client;

import java.io.IOException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.cloudcrowd.client.ClusterEvent;
import org.cloudcrowd.protocol.server.EventKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Prints events. */
@Command(
    name = "events",
    description = "Prints what happens in the cluster, an event a line as JSON, until it is ended.",
    mixinStandardHelpOptions = true)
public final class EventsCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private ServerOption server;

  @Option(
      names = "--kinds",
      split = ",",
      paramLabel = "KIND",
      converter = KindConverter.class,
      description = "Only events of these kinds: job, job_gone, units, node, node_gone.")
  private Set<EventKind> kinds = EnumSet.noneOf(EventKind.class);

  @Option(names = "--job", paramLabel = "ID", description = "Only those of this job.")
  private Long job;

  @Option(
      names = "--after",
      paramLabel = "ID",
      description = "Goes on after the event with this id, of whichever server.")
  private String after;

  private static final class KindConverter implements ITypeConverter<EventKind> {
    @Override
    public EventKind convert(String word) {
      return EventKind.of(word)
          .orElseThrow(() -> new TypeConversionException("'" + word + "' is no kind of event"));
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var printer = new JobPrinter(command.commandLine().getOut());
    try (var events = server.client().events(kinds, job, after)) {
      for (var event = events.next(); event != null; event = events.next()) {
        if (event.kind() != null) {
          printer.json(shown(event));
        }
      }
    }
    throw new IOException("the server has ended the stream");
  }

  private static Map<String, Object> shown(ClusterEvent event) {
    var shown = new LinkedHashMap<String, Object>();
    shown.put("id", event.id());
    shown.put("event", event.kind().word());
    shown.put("data", event.data());
    return shown;
  }
}
