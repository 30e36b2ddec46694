package org.cloudcrowd.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The names and defaults of every key, and the files that ship held against them. */
class EtcSaysWhatTheBundlesKnow {
  private static final String REQUIRED = "(required)";

  /** What the files set that has no default, or another than the bundle's. */
  private static final Map<String, Map<String, String>> SET_BY_FILES =
      Map.ofEntries(
          Map.entry("org.cloudcrowd.action-example", Map.of("name", "example")),
          Map.entry("org.cloudcrowd.assets", Map.of("directory", "${org.cloudcrowd.data}/assets")),
          Map.entry("org.cloudcrowd.endpoint-node", Map.of("name", "node", "port", "9063")),
          Map.entry("org.cloudcrowd.endpoint-server", Map.of("name", "server", "port", "9173")),
          Map.entry(
              "org.cloudcrowd.assets.links",
              Map.of(
                  "key", "${env:CROWD_LINK_KEY}", "key_file", "${org.cloudcrowd.data}/link-key")),
          Map.entry(
              "org.cloudcrowd.assets.s3",
              Map.of(
                  "aws_access_key", "${env:AWS_ACCESS_KEY_ID}",
                  "aws_secret_key", "${env:AWS_SECRET_ACCESS_KEY}",
                  "aws_session_token", "${env:AWS_SESSION_TOKEN}")),
          Map.entry(
              "org.cloudcrowd.inputs",
              Map.of(
                  "file_roots", "${org.cloudcrowd.configuration}/inputs",
                  "addresses", "public, local",
                  "schemes", "http, https, file")),
          Map.entry(
              "org.cloudcrowd.node",
              Map.of(
                  "directory", "${org.cloudcrowd.data}/node",
                  "actions_directory", "${org.cloudcrowd.configuration}/actions")),
          Map.entry(
              "org.cloudcrowd.callbacks",
              Map.of("secret", "${env:CROWD_CALLBACK_SECRET}", "addresses", "public, local")),
          Map.entry(
              "org.cloudcrowd.authentication",
              Map.of(
                  "login", "${env:CROWD_LOGIN}",
                  "password", "${env:CROWD_PASSWORD}",
                  "viewer_login", "${env:CROWD_VIEWER_LOGIN}",
                  "viewer_password", "${env:CROWD_VIEWER_PASSWORD}")),
          Map.entry(
              "org.cloudcrowd.ruby",
              Map.of("stages", "word_count:merge, process_pdfs:split+merge, graphics_magick")),
          Map.entry(
              "org.cloudcrowd.shell",
              Map.of(
                  "directory", "${org.cloudcrowd.data}/shell-${org.cloudcrowd.role}",
                  "authorized_keys", "${org.cloudcrowd.configuration}/etc/authorized_keys",
                  "token", "${env:CROWD_SHELL_TOKEN}")),
          Map.entry(
              "org.cloudcrowd.store",
              Map.of(
                  "directory", "${org.cloudcrowd.data}/database",
                  "password", "${env:CROWD_DATABASE_PASSWORD}")));

  /** A change would restart the others once for each, with what depends on them. */
  @Test
  void aConfigurationBelongsToOneComponent() throws Exception {
    var owners = Settings.owners();

    assertThat(owners).containsKeys("org.cloudcrowd.node", "org.cloudcrowd.server");
    assertThat(owners).allSatisfy((pid, components) -> assertThat(components).hasSize(1));
  }

  /** A change here breaks the configuration of those who have one. */
  @Test
  void namesAndDefaults() throws Exception {
    var found = new TreeMap<String, Map<String, String>>();
    Settings.ofAllBundles()
        .forEach(
            (pid, keys) -> {
              var defaults = new LinkedHashMap<String, String>();
              keys.forEach(
                  key ->
                      defaults.put(
                          key.name(), key.defaultValue() == null ? REQUIRED : key.defaultValue()));
              found.put(pid, defaults);
            });

    assertThat(found)
        .isEqualTo(
            Map.ofEntries(
                Map.entry(
                    "org.cloudcrowd.action",
                    Map.of(
                        "name", REQUIRED,
                        "max_running", "0",
                        "max_per_second", "0.0",
                        "max_attempts", "0",
                        "backoff_millis", "-1",
                        "unit_timeout_seconds", "-1")),
                Map.entry(
                    "org.cloudcrowd.assets",
                    Map.of("storage", "filesystem", "directory", REQUIRED)),
                Map.entry(
                    "org.cloudcrowd.authentication",
                    Map.of(
                        "http_authentication", "false",
                        "login", "",
                        "password", "",
                        "viewer_login", "",
                        "viewer_password", "")),
                Map.entry("org.cloudcrowd.cors", Map.of("origins", "")),
                Map.entry(
                    "org.cloudcrowd.ruby",
                    Map.of(
                        "stages", "word_count:merge,process_pdfs:split+merge,graphics_magick",
                        "unit_seconds", "86400")),
                Map.entry(
                    "org.cloudcrowd.assets.links",
                    Map.of("links", "auto", "hours", "24", "key", "", "key_file", REQUIRED)),
                Map.entry(
                    "org.cloudcrowd.assets.s3",
                    Map.of(
                        "s3_bucket", "",
                        "s3_prefix", "",
                        "s3_region", "us-east-1",
                        "s3_endpoint", "",
                        "s3_authentication", "true",
                        "aws_access_key", "",
                        "aws_secret_key", "",
                        "aws_session_token", "",
                        "part_megabytes", "8",
                        "timeout_seconds", "60")),
                Map.entry(
                    "org.cloudcrowd.callbacks",
                    Map.of(
                        "secret", "",
                        "addresses", "public,local",
                        "timeout_seconds", "15",
                        "backoff_seconds", "5",
                        "max_backoff_seconds", "21600",
                        "give_up_hours", "72")),
                Map.entry(
                    "org.cloudcrowd.endpoint",
                    Map.of(
                        "name", REQUIRED,
                        "host", "127.0.0.1",
                        "port", REQUIRED,
                        "max_threads", "64",
                        "idle_timeout_seconds", "60")),
                Map.entry(
                    "org.cloudcrowd.inputs",
                    Map.of(
                        "schemes", "http,https,file",
                        "addresses", "public,local",
                        "file_roots", "",
                        "max_megabytes", "1024",
                        "max_redirects", "5",
                        "timeout_seconds", "30",
                        "total_timeout_seconds", "3600",
                        "share_downloads", "true")),
                Map.entry(
                    "org.cloudcrowd.node",
                    Map.ofEntries(
                        Map.entry("server", "http://127.0.0.1:9173/"),
                        Map.entry("name", ""),
                        Map.entry("connection", "auto"),
                        Map.entry("tag", ""),
                        Map.entry("max_workers", "0"),
                        Map.entry("max_load", "0.0"),
                        Map.entry("min_free_memory", "0"),
                        Map.entry("min_free_disk", "100"),
                        Map.entry("drain_seconds", "5"),
                        Map.entry("heartbeat_seconds", "5"),
                        Map.entry("labels", ""),
                        Map.entry("deployed_bundles", "true"),
                        Map.entry("directory", REQUIRED),
                        Map.entry("actions_directory", REQUIRED),
                        Map.entry("worker.max_units", "100000"),
                        Map.entry("worker.idle_seconds", "300"),
                        Map.entry("worker.memory_megabytes", "256"),
                        Map.entry("worker.max_memory_megabytes", "4096"),
                        Map.entry("temp_storage_path", ""),
                        Map.entry("log_kilobytes", "32"),
                        Map.entry("worker.max_directory_megabytes", "10240"),
                        Map.entry("ruby.report_pause_millis", "300"),
                        Map.entry("worker.tool_minutes", "10"),
                        Map.entry("worker.tool_memory_megabytes", "4096"),
                        Map.entry("worker.tool_file_megabytes", "4096"),
                        Map.entry("worker.start_seconds", "60"))),
                Map.entry(
                    "org.cloudcrowd.server",
                    Map.ofEntries(
                        Map.entry("public_url", ""),
                        Map.entry("job_retention_days", "0.0"),
                        Map.entry("max_attempts", "3"),
                        Map.entry("backoff_millis", "1000"),
                        Map.entry("max_backoff_seconds", "300"),
                        Map.entry("unit_timeout_seconds", "86400"),
                        Map.entry("lease_seconds", "15"),
                        Map.entry("max_node_losses", "3"),
                        Map.entry("quarantine_after", "3"),
                        Map.entry("quarantine_seconds", "60"),
                        Map.entry("dispatch_timeout_seconds", "10"),
                        Map.entry("max_requests", "48"),
                        Map.entry("accept_unknown_actions", "forms"),
                        Map.entry("max_inputs", "1000000"),
                        Map.entry("max_bundle_megabytes", "64"),
                        Map.entry("deploy_from", "local"))),
                Map.entry(
                    "org.cloudcrowd.shell",
                    Map.of(
                        "ssh_port", "-1",
                        "ssh_host", "127.0.0.1",
                        "directory", REQUIRED,
                        "authorized_keys", "",
                        "token", "",
                        "idle_minutes", "60")),
                Map.entry(
                    "org.cloudcrowd.store",
                    Map.of(
                        "url", "",
                        "user", "",
                        "password", "",
                        "directory", REQUIRED,
                        "pool_size", "10",
                        "connection_timeout_seconds", "5",
                        "statement_timeout_seconds", "60",
                        "min_free_disk", "100"))));
  }

  @Test
  void eachFileHasEveryKeyWithItsDefaultInTheSameWords() throws Exception {
    var settings = Settings.ofAllBundles();
    var seen = new TreeSet<String>();
    for (Path file : files()) {
      var name = file.getFileName().toString().replace(".cfg", "");
      var pid = name.replaceFirst("-.*", "");
      seen.add(pid);
      var own = SET_BY_FILES.getOrDefault(name, Map.of());
      var expected =
          settings.get(pid).stream()
              .map(
                  key ->
                      new Documented(
                          key.name(),
                          own.getOrDefault(key.name(), key.defaultValue()),
                          key.documented()))
              .toList();

      assertThat(documented(file)).as(name).containsExactlyElementsOf(expected);
    }
    assertThat(seen).isEqualTo(settings.keySet());
  }

  /** What was renamed is still read, by a list that names a key of today for each. */
  @Test
  void formerKeysNameKeysOfToday() throws Exception {
    var known = Settings.ofAllBundles();
    var former = Settings.formerKeys();

    assertThat(former).containsEntry("org.cloudcrowd.server/work_unit_retries", "max_attempts");
    former.forEach(
        (name, key) -> {
          var pid = name.substring(0, name.indexOf('/'));
          assertThat(known.get(pid))
              .as(name)
              .extracting(Settings.Key::name)
              .contains(key)
              .doesNotContain(name.substring(pid.length() + 1));
        });
  }

  private record Documented(String key, String value, String comment) {}

  private static Set<Path> files() throws IOException {
    try (var files = Files.newDirectoryStream(new Distribution().etc(), "org.cloudcrowd.*.cfg")) {
      var found = new TreeSet<Path>();
      files.forEach(found::add);
      return found;
    }
  }

  /** A key with the comment that stands right above it. */
  private static List<Documented> documented(Path file) throws IOException {
    var found = new ArrayList<Documented>();
    var comment = new ArrayList<String>();
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("#")) {
        comment.add(line.substring(1).strip());
      } else if (line.isBlank()) {
        comment.clear();
      } else {
        int equals = line.indexOf('=');
        found.add(
            new Documented(
                line.substring(0, equals).strip(),
                line.substring(equals + 1).strip(),
                String.join(" ", comment)));
        comment.clear();
      }
    }
    return found;
  }
}
