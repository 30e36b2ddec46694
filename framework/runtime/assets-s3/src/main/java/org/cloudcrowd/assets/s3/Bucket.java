package org.cloudcrowd.assets.s3;

import com.github.davidmoten.aws.lw.client.Client;
import com.github.davidmoten.aws.lw.client.Credentials;
import com.github.davidmoten.aws.lw.client.HttpMethod;
import com.github.davidmoten.aws.lw.client.MaxAttemptsExceededException;
import com.github.davidmoten.aws.lw.client.Multipart;
import com.github.davidmoten.aws.lw.client.MultipartOutputStream;
import com.github.davidmoten.aws.lw.client.Request;
import com.github.davidmoten.aws.lw.client.Response;
import com.github.davidmoten.aws.lw.client.ResponseInputStream;
import com.github.davidmoten.aws.lw.client.ServiceException;
import com.github.davidmoten.aws.lw.client.xml.XmlElement;
import com.github.davidmoten.aws.lw.client.xml.builder.Xml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Sends requests to a bucket by S3's REST API, version 2006-03-01. */
final class Bucket {
  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int NOT_FOUND = 404;

  private final String endpoint;
  private final String name;
  private final Client client;

  Bucket(S3Configuration configuration) {
    name = configuration.s3__bucket().strip();
    long timeoutMillis = TimeUnit.SECONDS.toMillis(configuration.timeout__seconds());
    var region = configuration.s3__region().strip();
    var own = configuration.s3__endpoint().strip();
    var base = own.isEmpty() ? "https://s3." + region + ".amazonaws.com" : own;
    endpoint = base.endsWith("/") ? base : base + "/";
    client =
        Client.s3()
            .region(region)
            .credentials(credentials(configuration))
            .baseUrlFactory((service, unused) -> endpoint)
            .connectTimeout(timeoutMillis, TimeUnit.MILLISECONDS)
            .readTimeout(timeoutMillis, TimeUnit.MILLISECONDS)
            .build();
  }

  private static Credentials credentials(S3Configuration configuration) {
    var key = configuration.aws__access__key().strip();
    var secret = configuration.aws__secret__key().strip();
    var token = configuration.aws__session__token().strip();
    return token.isEmpty() ? Credentials.of(key, secret) : Credentials.of(key, secret, token);
  }

  /** The URL of an object, without a signature. */
  String url(String key) {
    return endpoint + name + "/" + UrlPath.encode(key);
  }

  /** The prefix of every {@link #url}. */
  String base() {
    return endpoint + name + "/";
  }

  /** A signed link by which anyone may read an object for a time. */
  String signedUrl(String key, long hours) {
    return client.path(name, key).presignedUrl(hours, TimeUnit.HOURS);
  }

  void put(String key, byte[] bytes, String type) throws IOException {
    expect(
        OK,
        "keep " + key,
        () ->
            client
                .path(name, key)
                .method(HttpMethod.PUT)
                .header("Content-Type", type)
                .requestBody(bytes)
                .response());
  }

  /** Uploads a file in parts; the object exists whole or not at all. */
  void putInParts(String key, Path file, String type, int partMegabytes) throws IOException {
    // One more thread; where it is busy, this thread uploads itself, so that no more parts are in
    // memory.
    var sender =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            new ThreadPoolExecutor.CallerRunsPolicy());
    try {
      var out =
          Multipart.s3(client)
              .bucket(name)
              .key(key)
              .executor(sender)
              .partSizeMb(partMegabytes)
              .transformCreateRequest(request -> request.header("Content-Type", type))
              .outputStream();
      copy(file, out);
    } catch (RuntimeException e) {
      throw failure("keep " + key, e);
    } finally {
      sender.shutdown();
    }
  }

  private static void copy(Path file, MultipartOutputStream out) throws IOException {
    boolean whole = false;
    try {
      Files.copy(file, out);
      whole = true;
    } finally {
      // Closing it would complete the upload with the parts sent so far.
      if (!whole) {
        out.abort();
      }
    }
    out.close();
  }

  /** The headers of an object, or null where there is none. */
  Response head(String key) throws IOException {
    var response =
        ask("look for " + key, () -> client.path(name, key).method(HttpMethod.HEAD).response());
    if (response.statusCode() == NOT_FOUND) {
      return null;
    }
    check(OK, "look for " + key, response);
    return response;
  }

  /** Reads an object from a byte on. */
  InputStream read(String key, long first) throws IOException {
    var what = "read " + key;
    ResponseInputStream in =
        ask(
            what,
            () -> {
              Request request = client.path(name, key);
              return (first == 0 ? request : request.header("Range", "bytes=" + first + "-"))
                  .responseInputStream();
            });
    if (in.statusCode() != (first == 0 ? OK : PARTIAL)) {
      in.close();
      throw new IOException("cannot " + what + ": the S3 server answered HTTP " + in.statusCode());
    }
    return in;
  }

  /**
   * A page of the names that begin so, at most 1,000.
   *
   * @param delimiter what common beginnings end with, or an empty text for whole names
   * @param token where the page begins, or null for the first
   */
  Page list(String prefix, String delimiter, String token) throws IOException {
    var what = "list " + prefix;
    var response =
        ask(
            what,
            () -> {
              var request = client.path(name).query("list-type", "2").query("prefix", prefix);
              if (!delimiter.isEmpty()) {
                request.query("delimiter", delimiter);
              }
              if (token != null) {
                request.query("continuation-token", token);
              }
              return request.response();
            });
    check(OK, what, response);
    var answer = response.contentUtf8();
    return ask(what, () -> page(XmlElement.parse(answer)));
  }

  private static Page page(XmlElement list) {
    var keys = list.childrenWithName("Contents").stream().map(one -> one.content("Key")).toList();
    var prefixes =
        list.childrenWithName("CommonPrefixes").stream().map(one -> one.content("Prefix")).toList();
    boolean more = list.content("IsTruncated").equals("true");
    return new Page(keys, prefixes, more ? list.content("NextContinuationToken") : null);
  }

  /**
   * Names of objects.
   *
   * @param keys whole ones
   * @param prefixes common beginnings of others
   * @param next where the next page begins, or null where this is the last
   */
  record Page(List<String> keys, List<String> prefixes, String next) {}

  /** Deletes objects, at most 1,000, whether they are there or not. */
  void delete(List<String> keys) throws IOException {
    var order = Xml.create("Delete").attribute("xmlns", "http://s3.amazonaws.com/doc/2006-03-01/");
    order = order.element("Quiet").content("true").up();
    for (String key : keys) {
      order = order.element("Object").element("Key").content(key).up().up();
    }
    var body = order.toString().getBytes(StandardCharsets.UTF_8);
    var response =
        ask(
            "delete objects",
            () ->
                client
                    .path(name)
                    .query("delete")
                    .method(HttpMethod.POST)
                    .header("Content-Type", "application/xml")
                    .header("Content-MD5", md5(body))
                    .requestBody(body)
                    .response());
    check(OK, "delete objects", response);
    var answer = response.contentUtf8();
    var errors = ask("delete objects", () -> XmlElement.parse(answer).childrenWithName("Error"));
    if (!errors.isEmpty()) {
      throw new IOException(
          "cannot delete "
              + errors.get(0).content("Key")
              + ": the S3 server says "
              + errors.get(0).content("Code"));
    }
  }

  private static String md5(byte[] bytes) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void expect(int status, String what, Supplier<Response> request) throws IOException {
    check(status, what, ask(what, request));
  }

  private void check(int status, String what, Response response) throws IOException {
    if (response.statusCode() != status) {
      throw new IOException(
          "cannot "
              + what
              + " in the bucket '"
              + name
              + "': the S3 server answered HTTP "
              + response.statusCode()
              + " "
              + response.contentUtf8());
    }
  }

  /** The client wraps exceptions of the network in unchecked ones. */
  private <T> T ask(String what, Supplier<T> request) throws IOException {
    try {
      return request.get();
    } catch (RuntimeException e) {
      throw failure(what, e);
    }
  }

  private IOException failure(String what, RuntimeException e) {
    Throwable cause = e;
    while ((cause instanceof MaxAttemptsExceededException
            || cause instanceof UncheckedIOException
            || cause.getClass().equals(RuntimeException.class))
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return new IOException(
        "cannot "
            + what
            + " in the bucket '"
            + name
            + "' at "
            + endpoint
            + ": "
            + (cause instanceof ServiceException service
                ? "HTTP " + service.statusCode() + " " + service.message()
                : cause),
        e);
  }
}
