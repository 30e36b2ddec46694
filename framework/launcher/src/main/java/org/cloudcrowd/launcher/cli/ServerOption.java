package org.cloudcrowd.launcher.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;
import org.cloudcrowd.client.CrowdClient;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the server is. */
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
  private URI server;

  CrowdClient client() {
    if (server.getScheme() == null
        || !server.getScheme().startsWith("http")
        || server.getHost() == null) {
      throw new ParameterException(
          command.commandLine(),
          "'" + server + "' is no URL of a server, such as http://127.0.0.1:9173/");
    }
    return new CrowdClient(withLogin(server));
  }

  private static URI withLogin(URI server) {
    var login = System.getenv("CROWD_LOGIN");
    if (login == null || login.isEmpty() || server.getUserInfo() != null) {
      return server;
    }
    try {
      return new URI(
          server.getScheme(),
          login + ":" + Objects.requireNonNullElse(System.getenv("CROWD_PASSWORD"), ""),
          server.getHost(),
          server.getPort(),
          server.getPath(),
          server.getQuery(),
          null);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
