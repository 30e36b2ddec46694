package org.cloudcrowd.action.fetchurl;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import org.cloudcrowd.action.Action;
import org.cloudcrowd.action.ActionContext;
import org.cloudcrowd.action.ActionDescription;
import org.cloudcrowd.action.ActionFailure;
import org.cloudcrowd.action.ActionName;
import org.cloudcrowd.action.ActionOptionsType;
import org.osgi.service.component.annotations.Component;

/** Downloads what a URL names, keeps it, and tells of it. */
@Component
@ActionName("fetch_url")
@ActionDescription("Downloads what URLs name, keeps it, and tells status, type, size and checksum.")
@ActionOptionsType(type = FetchUrlOptions.class)
public final class FetchUrl implements Action {

  @Override
  public Object process(ActionContext context) throws IOException {
    var file = context.inputPath();
    var reply = context.inputReply();
    var told = new LinkedHashMap<String, Object>();
    reply.ifPresent(
        said -> {
          told.put("status", said.status());
          told.put("type", said.type());
        });
    told.put("name", file.getFileName().toString());
    told.put("size", Files.size(file));
    told.put("sha256", sha256(file));
    if (context.options(FetchUrlOptions.class).keep()) {
      told.put("url", context.save(file));
    }
    return told;
  }

  private static String sha256(Path file) throws IOException {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      try (var out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
        Files.copy(file, out);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new ActionFailure("this Java has no SHA-256", e);
    }
  }
}
