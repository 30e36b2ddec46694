package org.cloudcrowd.assets.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.cloudcrowd.assets.InputFetcher;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Fetches within what its configuration allows. */
@Component(
    configurationPid = "org.cloudcrowd.inputs",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = PolicedFetcher.Configuration.class)
public final class PolicedFetcher implements InputFetcher {

  /** What may be fetched. */
  @ObjectClassDefinition(
      name = "CloudCrowd inputs",
      description = "What may be fetched as an input.")
  public @interface Configuration {
    /** The key {@code file_roots}. */
    @AttributeDefinition(
        name = "file_roots",
        description =
            "The directories below which file: URLs may be read, separated by commas. Without any,"
                + " no file: URL is.")
    String[] file__roots() default {};

    /** The key {@code max_megabytes}. */
    @AttributeDefinition(
        name = "max_megabytes",
        description = "The largest input, in MiB.",
        min = "1",
        max = "1048576")
    int max__megabytes() default 1024;

    /** The key {@code timeout_seconds}. */
    @AttributeDefinition(
        name = "timeout_seconds",
        description = "How long a server may take to begin its answer, in seconds.",
        min = "1",
        max = "3600")
    int timeout__seconds() default 30;
  }

  /** A drive letter is no scheme. */
  private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/.*", Pattern.DOTALL);

  private static final int BUFFER_BYTES = 64 * 1024;

  private final List<Path> fileRoots;
  private final long maxBytes;
  private final Duration timeout;
  private final HttpClient http;

  /** Fetches what the configuration allows. */
  @Activate
  public PolicedFetcher(Configuration configuration) {
    fileRoots =
        Arrays.stream(configuration.file__roots())
            .flatMap(roots -> Arrays.stream(roots.split(",", -1)))
            .map(String::strip)
            .filter(root -> !root.isEmpty())
            .map(Path::of)
            .toList();
    maxBytes = configuration.max__megabytes() * 1024L * 1024L;
    timeout = Duration.ofSeconds(configuration.timeout__seconds());
    http =
        HttpClient.newBuilder()
            .connectTimeout(timeout)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
  }

  @Override
  public boolean isUrl(String input) {
    return URL.matcher(input).matches();
  }

  @Override
  public Path fetch(String text, Path directory) throws IOException {
    var url = parse(text);
    var scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    var target = directory.resolve(DownloadName.of(url));
    switch (scheme) {
      case "file" -> copy(url, target);
      case "http", "https" -> download(url, target);
      default ->
          throw new IOException(
              "cannot fetch " + shown(url) + ": only http, https and file URLs are fetched");
    }
    return target;
  }

  private static URI parse(String text) throws IOException {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new IOException("cannot fetch '" + e.getInput() + "': " + e.getReason(), e);
    }
  }

  private void copy(URI url, Path target) throws IOException {
    if (url.getPath() == null || (url.getHost() != null && !url.getHost().equals("localhost"))) {
      throw new IOException(
          "cannot read " + url + ": a file URL names a file of this machine, as in file:///a/b");
    }
    // The real path is checked and then read, so a link cannot lead out of the roots.
    Path real;
    try {
      real = Path.of(url.getPath()).toRealPath();
    } catch (NoSuchFileException e) {
      throw new IOException("cannot read " + url + ": there is no such file", e);
    } catch (FileSystemException e) {
      throw new IOException("cannot read " + url + ": " + reason(e), e);
    }
    if (!isBelowRoots(real)) {
      throw new IOException(
          "cannot read "
              + url
              + ": it is not below the file_roots that etc/org.cloudcrowd.inputs.cfg allows");
    }
    if (!Files.isRegularFile(real)) {
      throw new IOException("cannot read " + url + ": it is no regular file");
    }
    try (var in = Files.newInputStream(real)) {
      write(in, target, url);
    } catch (FileSystemException e) {
      throw new IOException("cannot read " + url + ": " + reason(e), e);
    }
  }

  private boolean isBelowRoots(Path real) throws IOException {
    for (Path root : fileRoots) {
      if (Files.exists(root) && real.startsWith(root.toRealPath())) {
        return true;
      }
    }
    return false;
  }

  private static String reason(FileSystemException e) {
    return e instanceof java.nio.file.AccessDeniedException
        ? "permission denied"
        : e.getReason() == null ? e.toString() : e.getReason();
  }

  private void download(URI url, Path target) throws IOException {
    try {
      var request = HttpRequest.newBuilder(url).timeout(timeout).build();
      var response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (var body = response.body()) {
        if (response.statusCode() / 100 != 2) {
          throw new IOException(
              "cannot fetch " + shown(url) + ": the answer was HTTP " + response.statusCode());
        }
        write(body, target, url);
      }
    } catch (IllegalArgumentException e) {
      throw new IOException("cannot fetch " + shown(url) + ": " + e.getMessage(), e);
    } catch (HttpTimeoutException e) {
      throw new IOException(
          "cannot fetch " + shown(url) + ": no answer within " + timeout.toSeconds() + " s", e);
    } catch (ConnectException e) {
      throw new IOException("cannot fetch " + shown(url) + ": no connection to the server", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while fetching " + shown(url));
    }
  }

  private void write(InputStream in, Path target, URI url) throws IOException {
    try (var out = Files.newOutputStream(target)) {
      var buffer = new byte[BUFFER_BYTES];
      long written = 0;
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        written += read;
        if (written > maxBytes) {
          throw new IOException(
              "cannot fetch "
                  + shown(url)
                  + ": it is larger than "
                  + maxBytes / (1024 * 1024)
                  + " MiB, the max_megabytes of etc/org.cloudcrowd.inputs.cfg");
        }
        out.write(buffer, 0, read);
      }
    }
  }

  /** A URL without its user-info, fit for messages. */
  private static String shown(URI url) {
    return url.getRawUserInfo() == null
        ? url.toString()
        : url.toString().replace(url.getRawUserInfo() + "@", "");
  }
}
