package org.cloudcrowd.server.page;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * The files of the page, which are read once; browsers cache them until they change.
 *
 * <p>Their content security policy allows the page's own scripts only, whatever jobs, logs and
 * names contain.
 */
@Component(service = PageFiles.class)
public final class PageFiles {
  static final String INDEX = "index.html";

  private static final String FOLDER = "/page/";
  private static final Pattern IMPORT_MAP =
      Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html;charset=utf-8",
          "css", "text/css;charset=utf-8",
          "js", "text/javascript;charset=utf-8",
          "svg", "image/svg+xml");

  private final Map<String, PageFile> files = new HashMap<>();

  private final String policy;

  /** A file, with a tag that changes with its content. */
  private static final class PageFile {
    private final byte[] content;
    private final String type;
    private final String tag;

    private PageFile(byte[] content, String type) {
      this.content = content;
      this.type = type;
      this.tag = "\"" + sha256(content) + "\"";
    }
  }

  @Activate
  public PageFiles(BundleContext context) throws IOException {
    for (URL url : Collections.list(context.getBundle().findEntries(FOLDER, "*", true))) {
      var name = url.getPath().substring(FOLDER.length());
      var type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
      if (type != null) {
        try (var in = url.openStream()) {
          files.put(name, new PageFile(in.readAllBytes(), type));
        }
      }
    }
    policy =
        "default-src 'none'; script-src 'self' "
            + importMapSource()
            + "; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none';"
            + " form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script';"
            + " trusted-types lit-html";
  }

  /**
   * Answers with a file.
   *
   * @param path below the page's folder
   */
  void answer(String path, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Content-Security-Policy", policy);
    response.setHeader("Referrer-Policy", "no-referrer");
    var file = files.get(path);
    if (file == null) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    response.setHeader("Cache-Control", "no-cache");
    response.setHeader("ETag", file.tag);
    var known = request.getHeader("If-None-Match");
    // Jetty adds a suffix to the tag of an answer that it compresses.
    if (known != null && known.replace("--gzip", "").contains(file.tag)) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    response.setContentType(file.type);
    response.getOutputStream().write(file.content);
  }

  /**
   * The hash of the inline import map, which browsers accept only inline, for the policy of
   * scripts.
   */
  private String importMapSource() {
    var map = IMPORT_MAP.matcher(new String(files.get(INDEX).content, StandardCharsets.UTF_8));
    if (!map.find()) {
      throw new IllegalStateException("the page has no import map");
    }
    return "'sha256-" + sha256(map.group(1).getBytes(StandardCharsets.UTF_8)) + "'";
  }

  private static String sha256(byte[] content) {
    try {
      return Base64.getEncoder()
          .encodeToString(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
