package org.cloudcrowd.server.assets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.cloudcrowd.assets.AssetKey;
import org.cloudcrowd.assets.AssetStore;
import org.cloudcrowd.assets.StoredAsset;
import org.cloudcrowd.server.Assets;
import org.cloudcrowd.server.FileLinks;
import org.cloudcrowd.server.config.ServerAddress;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes links to files for clients, and opens the files by them. */
@Component(
    service = {AssetLinks.class, Assets.class},
    configurationPid = LinkConfiguration.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = LinkConfiguration.class)
public final class AssetLinks implements Assets {
  private static final Logger log = LoggerFactory.getLogger(AssetLinks.class);
  private static final int MIN_KEY = 32;

  /** Links are signed anew only when they are older, since signing many takes time. */
  private static final Duration YOUNG = Duration.ofHours(12);

  private static final Pattern LINK =
      Pattern.compile(
          "https?://[^?#]*/assets/(?<path>[^?#]+)"
              + "\\?expires=(?<expires>\\d+)&signature=(?<signature>[A-Za-z0-9_-]+)");

  private final AssetStore assets;
  private final ServerAddress address;
  private final String links;
  private final Duration term;
  private final LinkKey key;
  private final Clock clock;

  /**
   * Makes links as configured.
   *
   * @throws IOException if there is no key, and none can be made
   */
  @Activate
  public AssetLinks(
      LinkConfiguration configuration,
      @Reference AssetStore assets,
      @Reference ServerAddress address)
      throws IOException {
    this(configuration, assets, address, Clock.systemUTC());
  }

  AssetLinks(LinkConfiguration configuration, AssetStore assets, ServerAddress address, Clock clock)
      throws IOException {
    this.clock = clock;
    this.assets = assets;
    this.address = address;
    links = configuration.links();
    term = Duration.ofHours(configuration.hours());
    var own = configuration.key().strip();
    if (!own.isEmpty() && own.length() < MIN_KEY) {
      log.error(
          "The key in {}.cfg has less than {} characters; links are signed with one that this"
              + " server makes",
          LinkConfiguration.PID,
          MIN_KEY);
    }
    key =
        own.length() < MIN_KEY ? LinkKey.in(Path.of(configuration.key__file())) : new LinkKey(own);
  }

  /**
   * Replaces each text of an output that is the URL of an asset by a link that clients can use.
   *
   * @param since when its job was submitted, before it had any asset
   * @param wanted the kind of links
   */
  public JsonNode renew(JsonNode output, Instant since, FileLinks wanted) {
    var now = clock.instant();
    return eachUrl(output, url -> renew(url, now, since, wanted));
  }

  /**
   * Replaces each text of an input that is a valid link of this server by the URL of its asset,
   * which nodes can read without a login and after the link has expired.
   */
  public JsonNode takeBack(JsonNode input) {
    return eachUrl(input, this::takeBack);
  }

  private String takeBack(String url) {
    var parts = LINK.matcher(url);
    if (!parts.matches()) {
      return url;
    }
    try {
      return asset(decoded(parts.group("path")), parts.group("expires"), parts.group("signature"))
          .map(asset -> assets.link(asset).toString())
          .orElse(url);
    } catch (BadLinkException | IllegalArgumentException e) {
      // It is not a link of this server, for example one with %zz; its download will fail with a
      // message.
      return url;
    }
  }

  private static JsonNode eachUrl(JsonNode value, UnaryOperator<String> change) {
    if (value instanceof ArrayNode array) {
      var copy = JsonNodeFactory.instance.arrayNode(array.size());
      array.forEach(element -> copy.add(eachUrl(element, change)));
      return copy;
    }
    if (value instanceof ObjectNode object) {
      var copy = JsonNodeFactory.instance.objectNode();
      object.properties().forEach(e -> copy.set(e.getKey(), eachUrl(e.getValue(), change)));
      return copy;
    }
    return value instanceof TextNode && value.textValue().contains(":/")
        ? TextNode.valueOf(change.apply(value.textValue()))
        : value;
  }

  private String renew(String text, Instant now, Instant since, FileLinks wanted) {
    try {
      var url = new URI(text);
      return assets.find(url).map(asset -> link(asset, url, now, since, wanted)).orElse(text);
    } catch (URISyntaxException e) {
      return text;
    }
  }

  private String link(AssetKey asset, URI url, Instant now, Instant since, FileLinks wanted) {
    var base = address.url();
    if (wanted == FileLinks.SERVER && base != null) {
      return link(asset, base, now);
    }
    if (!"file".equals(url.getScheme())) {
      return now.isBefore(since.plus(YOUNG)) ? url.toString() : assets.link(asset).toString();
    }
    boolean isFile =
        base == null || links.equals("file") || (links.equals("auto") && address.isLoopbackAlone());
    return isFile ? url.toString() : link(asset, base, now);
  }

  private String link(AssetKey asset, URI base, Instant now) {
    long expires = now.plus(term).getEpochSecond();
    return base.resolve("assets/" + encoded(asset.path()))
        + "?expires="
        + expires
        + "&signature="
        + key.sign(asset.path(), expires);
  }

  private static String decoded(String path) {
    return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static String encoded(String path) {
    return URLEncoder.encode(path, StandardCharsets.UTF_8).replace("+", "%20").replace("%2F", "/");
  }

  @Override
  public Optional<StoredAsset> open(String path, String expires, String signature)
      throws BadLinkException, IOException {
    var asset = asset(path, expires, signature);
    return asset.isEmpty() ? Optional.empty() : assets.open(asset.get());
  }

  private Optional<AssetKey> asset(String path, String expires, String signature)
      throws BadLinkException {
    var asset = AssetKey.ofPath(path);
    if (asset.isEmpty()) {
      return Optional.empty();
    }
    if (expires == null || signature == null) {
      throw new BadLinkException(
          "a link to a file has an expires and a signature; GET /jobs/"
              + asset.get().jobId()
              + " has links to the job's files");
    }
    long end = seconds(expires);
    if (!key.hasSigned(path, end, signature)) {
      throw new BadLinkException(
          "the signature is not this server's for this file; GET /jobs/"
              + asset.get().jobId()
              + " has links to the job's files");
    }
    if (clock.instant().getEpochSecond() >= end) {
      throw new BadLinkException(
          "the link was valid until "
              + Instant.ofEpochSecond(end)
              + "; GET /jobs/"
              + asset.get().jobId()
              + " has new ones");
    }
    return asset;
  }

  private static long seconds(String expires) throws BadLinkException {
    try {
      return Long.parseLong(expires);
    } catch (NumberFormatException e) {
      throw new BadLinkException("expires is a time in seconds since 1970");
    }
  }
}
