package org.cloudcrowd.cli.client;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.protocol.peer.PeerUrl;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option of the server's URL. */
final class ServerOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--server",
      paramLabel = "URL",
      defaultValue = "${env:CROWD_SERVER:-http://127.0.0.1:9173/}",
      description = {
        "The server (default: $CROWD_SERVER, or http://127.0.0.1:9173/).",
        "Where it asks for a login, that is $CROWD_LOGIN with $CROWD_PASSWORD,",
        "or stands in the URL: http://LOGIN:PASSWORD@HOST:PORT/."
      })
  private String server;

  CrowdClient client() {
    try {
      return new CrowdClient(withLogin(PeerUrl.parse(server)));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }

  private static URI withLogin(URI server) {
    var login = System.getenv("CROWD_LOGIN");
    if (login == null || login.isEmpty() || server.getRawAuthority().indexOf('@') >= 0) {
      return server;
    }
    var password = Objects.requireNonNullElse(System.getenv("CROWD_PASSWORD"), "");
    return URI.create(
        server.getScheme()
            + "://"
            + encoded(login)
            + ":"
            + encoded(password)
            + "@"
            + server.getRawAuthority()
            + server.getRawPath());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
