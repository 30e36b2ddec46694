package org.cloudcrowd.assets.s3;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.cloudcrowd.assets.AssetKey;
import org.cloudcrowd.assets.AssetStore;
import org.cloudcrowd.assets.AttemptFiles;
import org.cloudcrowd.assets.FileType;
import org.cloudcrowd.assets.JobFiles;
import org.cloudcrowd.assets.StoredAsset;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.condition.Condition;
import org.osgi.service.metatype.annotations.Designate;

/** Stores assets in a bucket, as objects whose names are the assets' paths. */
@Component(
    configurationPid = S3Configuration.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = S3Configuration.class)
public final class S3AssetStore implements AssetStore {
  private static final int LINK_HOURS = 24;
  private static final long BYTES_PER_MEGABYTE = 1024 * 1024;
  private static final Pattern JOB = Pattern.compile("([^/]+)/job_([0-9]{1,18})/");

  private final Bucket bucket;
  private final String prefix;
  private final boolean signsLinks;
  private final int partMegabytes;

  /**
   * Stores files in the configured bucket, if {@code storage} is {@code s3}.
   *
   * @throws IllegalArgumentException if no bucket or no access key is configured
   */
  @Activate
  public S3AssetStore(
      S3Configuration configuration,
      @Reference(name = "chosen", target = "(osgi.condition.id=org.cloudcrowd.assets.s3)")
          Condition chosen) {
    require("s3_bucket", configuration.s3__bucket());
    require("aws_access_key", configuration.aws__access__key());
    require("aws_secret_key", configuration.aws__secret__key());
    bucket = new Bucket(configuration);
    prefix = configuration.s3__prefix().strip();
    signsLinks = configuration.s3__authentication();
    partMegabytes = configuration.part__megabytes();
  }

  private static void require(String key, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(
          "etc/"
              + S3Configuration.PID
              + ".cfg: "
              + key
              + " is empty, and etc/org.cloudcrowd.assets.cfg chooses s3");
    }
  }

  @Override
  public URI save(AssetKey key, Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("cannot save " + file + ": it is no regular file");
    }
    var type = type(key, file);
    if (Files.size(file) < partMegabytes * BYTES_PER_MEGABYTE) {
      bucket.put(object(key), Files.readAllBytes(file), type);
    } else {
      bucket.putInParts(object(key), file, type, partMegabytes);
    }
    return link(key);
  }

  private static String type(AssetKey key, Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return FileType.of(key.name(), in.readNBytes(FileType.HEAD_BYTES));
    }
  }

  private String object(AssetKey key) {
    return prefix + key.path();
  }

  @Override
  public URI link(AssetKey key) {
    return URI.create(
        signsLinks ? bucket.signedUrl(object(key), LINK_HOURS) : bucket.url(object(key)));
  }

  @Override
  public Optional<AssetKey> find(URI url) {
    var text = url.toString();
    var base = bucket.base();
    if (!text.startsWith(base)) {
      return Optional.empty();
    }
    int query = text.indexOf('?');
    var object = UrlPath.decode(text.substring(base.length(), query < 0 ? text.length() : query));
    return object.startsWith(prefix)
        ? AssetKey.ofPath(object.substring(prefix.length()))
        : Optional.empty();
  }

  @Override
  public Optional<StoredAsset> open(AssetKey key) throws IOException {
    var found = bucket.head(object(key));
    return found == null
        ? Optional.empty()
        : Optional.of(
            new StoredAsset(
                found.firstHeader("Content-Length").map(Long::parseLong).orElse(0L),
                found.firstHeader("Last-Modified").map(S3AssetStore::time).orElse(Instant.EPOCH),
                first -> bucket.read(object(key), first)));
  }

  private static Instant time(String text) {
    return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
  }

  @Override
  public void deleteAttempt(AttemptFiles attempt) throws IOException {
    delete(attempt.path());
  }

  @Override
  public void deleteJob(JobFiles job) throws IOException {
    delete(job.path());
  }

  private void delete(String folder) throws IOException {
    // Deleted objects are not listed again, so the next page is always the first.
    for (var page = list(folder); !page.keys().isEmpty(); page = list(folder)) {
      bucket.delete(page.keys());
    }
  }

  private Bucket.Page list(String folder) throws IOException {
    return bucket.list(prefix + folder + "/", "", null);
  }

  @Override
  public void eachJob(Consumer<JobFiles> visitor) throws IOException {
    eachFolder(prefix, action -> eachFolder(action, job -> visit(job, visitor)));
  }

  private void visit(String folder, Consumer<JobFiles> visitor) {
    var job = JOB.matcher(folder.substring(prefix.length()));
    if (job.matches()) {
      visitor.accept(new JobFiles(job.group(1), Long.parseLong(job.group(2))));
    }
  }

  private interface FolderVisitor {
    void visit(String folder) throws IOException;
  }

  private void eachFolder(String parent, FolderVisitor visitor) throws IOException {
    String token = null;
    do {
      var page = bucket.list(parent, "/", token);
      for (String folder : page.prefixes()) {
        visitor.visit(folder);
      }
      token = page.next();
    } while (token != null);
  }
}
