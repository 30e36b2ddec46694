package org.cloudcrowd.cli.container;

import picocli.CommandLine.Option;

/** The options of a command that runs a server. */
final class ServerFlags {
  @Option(
      names = {"-p", "--port"},
      paramLabel = "PORT",
      description = "The server's port (9173); 0 takes a free one.")
  private Integer port;

  @Option(
      names = "--database",
      paramLabel = "URL",
      description =
          "A PostgreSQL database, jdbc:postgresql://HOST/NAME, in place of the embedded Derby.")
  private String database;

  void configure(CommandLineOverrides overrides) {
    overrides.setEndpoint("server", port);
    overrides.set("org.cloudcrowd.store", "url", database);
  }
}
