package org.cloudcrowd.assets.fetch;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cloudcrowd.assets.AssetKey;
import org.cloudcrowd.assets.AssetStore;
import org.cloudcrowd.assets.FetchPlace;
import org.cloudcrowd.assets.FetchedInput;
import org.cloudcrowd.assets.FetchedInput.Reply;
import org.cloudcrowd.assets.InputFetcher;
import org.cloudcrowd.assets.InputSource;
import org.cloudcrowd.outbound.AddressPolicy;
import org.cloudcrowd.outbound.OutboundHttp;
import org.cloudcrowd.outbound.ServerExposure;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Downloads inputs as its configuration allows. Files of the asset store are read from the store,
 * whatever the policy.
 */
@Component(
    configurationPid = FetchConfiguration.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = FetchConfiguration.class)
public final class PolicedFetcher implements InputFetcher {
  private final AssetStore assets;
  private final List<String> schemes;
  private final AddressPolicy addresses;
  private final LocalFiles files;
  private final SizeLimit limit;
  private final OutboundHttp.Limits limits;
  private final boolean shares;
  private final SharedDownloads shared = new SharedDownloads();

  /** Created when it is first needed: most workers download nothing. */
  private final Map<ServerExposure, WebDownloads> downloads = new EnumMap<>(ServerExposure.class);

  @Activate
  public PolicedFetcher(FetchConfiguration configuration, @Reference AssetStore assets) {
    this.assets = assets;
    schemes = words(configuration.schemes());
    addresses = new AddressPolicy(FetchConfiguration.PID, configuration.addresses());
    files = new LocalFiles(words(configuration.file__roots()).stream().map(Path::of).toList());
    limit = new SizeLimit(configuration.max__megabytes());
    limits =
        new OutboundHttp.Limits(
            configuration.max__redirects(),
            Duration.ofSeconds(configuration.timeout__seconds()),
            Duration.ofSeconds(configuration.total__timeout__seconds()));
    shares = configuration.share__downloads();
  }

  private static List<String> words(String[] values) {
    return Arrays.stream(values)
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .toList();
  }

  /** Ends downloads that are under way. */
  @Deactivate
  public synchronized void close() throws IOException {
    for (WebDownloads each : downloads.values()) {
      each.close();
    }
  }

  @Override
  public FetchedInput fetch(InputSource source, FetchPlace place) throws IOException {
    var url = parse(source.url());
    var target = place.directory().resolve(DownloadName.of(url));
    try {
      return new FetchedInput(target, fetch(url, source, place, target));
    } catch (IOException e) {
      throw new IOException("cannot fetch " + ShownUrl.of(url) + ": " + e.getMessage(), e);
    }
  }

  private static URI parse(String text) throws IOException {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      // Only a part of it, since it is not known where its user-info ends.
      throw new IOException(
          "cannot fetch an input: it is no URL: "
              + e.getReason()
              + (e.getIndex() < 0 ? "" : " at character " + (e.getIndex() + 1)),
          e);
    }
  }

  private Reply fetch(URI url, InputSource source, FetchPlace place, Path target)
      throws IOException {
    var asset = assets.find(url);
    var scheme = url.getScheme().toLowerCase(Locale.ROOT);
    if (asset.isEmpty() && !schemes.contains(scheme)) {
      throw new IOException(
          "only URLs of "
              + String.join(", ", schemes)
              + " are fetched, the schemes of etc/"
              + FetchConfiguration.PID
              + ".cfg");
    }
    if (scheme.equals("file")) {
      if (asset.isPresent()) {
        var unused = read(asset.get(), target);
      } else {
        files.copy(url, target, place.exposure(), limit);
      }
      check(source, target);
      return null;
    }
    SharedDownloads.Download download =
        asset.isPresent()
            ? to -> read(asset.get(), to)
            : to -> web(place.exposure()).download(url, to);
    if (place.shared() == null || !shares) {
      var reply = download.to(target);
      check(source, target);
      return reply;
    }
    var reply = shared.bring(place.shared(), source.url(), target, download);
    try {
      check(source, target);
      return reply;
    } catch (IOException e) {
      shared.forget(place.shared(), source.url());
      throw e;
    }
  }

  private Reply read(AssetKey key, Path target) throws IOException {
    var asset =
        assets.open(key).orElseThrow(() -> new IOException("the asset is not there (any more)"));
    limit.check(asset.bytes());
    try (var in = asset.content().from(0)) {
      limit.copy(in, target);
    }
    return null;
  }

  private synchronized WebDownloads web(ServerExposure exposure) {
    return downloads.computeIfAbsent(
        exposure, key -> new WebDownloads(new OutboundHttp(addresses, () -> key, limits), limit));
  }

  private static void check(InputSource source, Path target) throws IOException {
    if (source.sha256() == null) {
      return;
    }
    var found = Sha256.of(target);
    if (!found.equalsIgnoreCase(source.sha256())) {
      Files.delete(target);
      throw new IOException(
          "its SHA-256 is " + found + ", and " + source.sha256() + " was asked for");
    }
  }
}
