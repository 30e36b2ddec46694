package org.cloudcrowd.worker;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cloudcrowd.action.ActionContext;
import org.cloudcrowd.action.ActionFailure;
import org.cloudcrowd.action.InputReply;
import org.cloudcrowd.assets.AssetKey;
import org.cloudcrowd.assets.FetchPlace;
import org.cloudcrowd.assets.FetchedInput;
import org.cloudcrowd.assets.InputSource;
import org.cloudcrowd.outbound.ServerExposure;
import org.cloudcrowd.protocol.worker.WorkerOrder;

/** The context of one attempt for its action. */
final class AttemptContext implements ActionContext {
  private final WorkerOrder order;
  private final Object input;
  private final Map<String, Object> options;
  private final WorkDirectory directory;
  private final WorkerEnvironment environment;
  private final JsonValues values;
  private FetchedInput fetched;

  AttemptContext(
      WorkerOrder order,
      JsonValues values,
      Object input,
      Map<String, Object> options,
      WorkDirectory directory,
      WorkerEnvironment environment) {
    this.order = order;
    this.values = values;
    this.input = input;
    this.options = Collections.unmodifiableMap(options);
    this.directory = directory;
    this.environment = environment;
  }

  /** Downloads the input, where it names a URL. */
  void fetchInput() throws IOException {
    try {
      var source = InputSource.of(input);
      if (source.isPresent()) {
        fetched = fetch(source.get(), directory.path());
      }
    } catch (IllegalArgumentException e) {
      throw new ActionFailure("the input cannot be fetched: " + e.getMessage(), e);
    }
  }

  private FetchedInput fetch(InputSource source, Path to) throws IOException {
    var shared =
        environment.sharedInputs() == null
            ? null
            : environment.sharedInputs().resolve("job_" + order.unit().jobId());
    return environment
        .fetcher()
        .fetch(source, new FetchPlace(to, shared, ServerExposure.valueOf(order.exposure())));
  }

  @Override
  public String correlationId() {
    return order.unit().correlationId() == null ? "" : order.unit().correlationId();
  }

  @Override
  public Object input() {
    return input;
  }

  @Override
  public String inputText() {
    if (input instanceof String text) {
      return text;
    }
    throw new ActionFailure("the input is no text");
  }

  @Override
  public Path inputPath() {
    if (fetched == null) {
      throw new ActionFailure("the input is no URL, so there is no file of it");
    }
    return fetched.file();
  }

  @Override
  public Optional<InputReply> inputReply() {
    return Optional.ofNullable(fetched)
        .map(FetchedInput::reply)
        .map(reply -> new InputReply(reply.status(), reply.type()));
  }

  @Override
  public String fileName() {
    var name = inputPath().getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? name : name.substring(0, dot);
  }

  @Override
  public Map<String, Object> options() {
    return options;
  }

  @Override
  public <T extends Record> T options(Class<T> type) {
    return values.toRecord(order.unit().options(), type);
  }

  @Override
  public long jobId() {
    return order.unit().jobId();
  }

  @Override
  public long workUnitId() {
    return order.unit().lease().unitId();
  }

  @Override
  public int attempt() {
    return order.unit().lease().attempt();
  }

  @Override
  public Path workDirectory() {
    return directory.path();
  }

  @Override
  public Path download(String url) throws IOException {
    // Each download gets a directory of its own, because two URLs may end in the same name.
    return fetch(new InputSource(url), Files.createTempDirectory(directory.path(), "download"))
        .file();
  }

  @Override
  public URI save(Path file) throws IOException {
    var name = file.getFileName().toString();
    return environment
        .assets()
        .save(
            new AssetKey(
                order.unit().action(),
                order.unit().jobId(),
                order.unit().lease().unitId(),
                order.unit().lease().attempt(),
                name),
            directory.path().resolve(file));
  }

  @Override
  public String run(List<String> command) {
    return new Command(command, directory.path(), environment.tools()).run();
  }

  @Override
  public String run(Duration processorTime, List<String> command) {
    return new Command(command, directory.path(), environment.tools())
        .allowing(processorTime)
        .run();
  }
}
