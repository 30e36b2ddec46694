package org.cloudcrowd.worker;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.cloudcrowd.action.ActionContext;
import org.cloudcrowd.action.ActionFailure;
import org.cloudcrowd.assets.AssetKey;
import org.cloudcrowd.assets.AssetStore;
import org.cloudcrowd.assets.InputFetcher;
import org.cloudcrowd.protocol.worker.UnitOrder;

/** What an action sees of one attempt. */
final class AttemptContext implements ActionContext {
  private final UnitOrder order;
  private final Object input;
  private final Map<String, Object> options;
  private final WorkDirectory directory;
  private final InputFetcher fetcher;
  private final AssetStore assets;
  private final JsonValues values;
  private Path inputPath;

  AttemptContext(
      UnitOrder order,
      JsonValues values,
      Object input,
      Map<String, Object> options,
      WorkDirectory directory,
      InputFetcher fetcher,
      AssetStore assets) {
    this.order = order;
    this.values = values;
    this.input = input;
    this.options = Collections.unmodifiableMap(options);
    this.directory = directory;
    this.fetcher = fetcher;
    this.assets = assets;
  }

  /** Downloads the input, where it is a URL. */
  void fetchInput() throws IOException {
    if (input instanceof String url && fetcher.isUrl(url)) {
      inputPath = fetcher.fetch(url, directory.path());
    }
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
    if (inputPath == null) {
      throw new ActionFailure("the input is no URL, so there is no file of it");
    }
    return inputPath;
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
    return values.toRecord(order.options(), type);
  }

  @Override
  public long jobId() {
    return order.jobId();
  }

  @Override
  public long workUnitId() {
    return order.workUnitId();
  }

  @Override
  public int attempt() {
    return order.attempt();
  }

  @Override
  public Path workDirectory() {
    return directory.path();
  }

  @Override
  public Path download(String url) throws IOException {
    // Each into a directory of its own, because two URLs may end in the same name.
    return fetcher.fetch(url, Files.createTempDirectory(directory.path(), "download"));
  }

  @Override
  public URI save(Path file) throws IOException {
    var name = file.getFileName().toString();
    return assets.save(
        new AssetKey(order.action(), order.jobId(), order.workUnitId(), order.attempt(), name),
        directory.path().resolve(file));
  }

  @Override
  public String run(List<String> command) {
    return new Command(command, directory.path()).run();
  }
}
