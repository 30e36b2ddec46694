package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.itests.cluster.Crowd.Ended;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code crowd server start -d}, {@code stop} and {@code restart}. */
class ContainersRunInTheBackground {
  @RegisterExtension private final Crowd crowd = new Crowd();

  @AfterEach
  void stopAll() throws Exception {
    server("stop");
  }

  private Ended server(String... arguments) throws Exception {
    var all = new ArrayList<>(List.of("-c", crowd.conf().toString(), "server"));
    all.addAll(List.of(arguments));
    return crowd.run(all.toArray(String[]::new));
  }

  private Path pidFile() {
    return crowd.conf().resolve("data/crowd-server.pid");
  }

  private ProcessHandle process() throws Exception {
    return ProcessHandle.of(Long.parseLong(Files.readString(pidFile()).strip())).orElseThrow();
  }

  private static URI url(Ended started) {
    assertThat(started.faults()).isEmpty();
    assertThat(started.exitCode()).isZero();
    var line = started.out().lines().reduce((first, second) -> second).orElseThrow();
    assertThat(line).startsWith("ready: ");
    return URI.create(line.substring("ready: ".length()));
  }

  @Test
  void itIsStartedStoppedAndStartedAgain() throws Exception {
    var url = url(server("start", "-d", "-p", "0"));
    var first = process();
    assertThat(new CrowdClient(url).status().jobCount()).isZero();

    var second = server("start", "-dp", "0");
    assertThat(second.exitCode()).isEqualTo(1);
    assertThat(second.err()).startsWith("crowd: the data folder ").contains("is in use by another");

    var again = server("restart", "-d", "-p", "0");
    assertThat(again.out()).startsWith("crowd server is stopped\nready: ");
    assertThat(first.isAlive()).isFalse();
    assertThat(new CrowdClient(url(again)).status().jobCount()).isZero();

    var process = process();
    var stopped = server("stop");
    assertThat(stopped.out()).isEqualTo("crowd server is stopped\n");
    assertThat(stopped.exitCode()).isZero();
    assertThat(process.isAlive()).isFalse();
    assertThat(pidFile()).doesNotExist();
    assertThat(server("stop").out()).isEqualTo("crowd server is not running\n");
  }

  @Test
  void oneThatCannotStartSaysWhy() throws Exception {
    try (var taken = new ServerSocket(0)) {
      var port = Integer.toString(taken.getLocalPort());
      var ended = server("start", "-d", "-p", port, "--host", "0.0.0.0");

      assertThat(ended.exitCode()).isEqualTo(1);
      assertThat(ended.faults())
          .singleElement()
          .asString()
          .startsWith("crowd: cannot listen at 0.0.0.0:" + port);
    }
  }

  @Test
  void aNumberThatAnotherProgramHasNowIsNotKilled() throws Exception {
    var other = new ProcessBuilder("sleep", "1000").start();
    try {
      Files.createDirectories(pidFile().getParent());
      Files.writeString(pidFile(), other.pid() + "\n");

      assertThat(server("stop").out()).isEqualTo("crowd server is not running\n");

      assertThat(other.isAlive()).isTrue();
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void theUnitsOfSystemdStartWhatThereIs() throws Exception {
    try (var files = Files.list(crowd.home().resolve("systemd"))) {
      for (Path unit : files.toList()) {
        var start =
            Files.readAllLines(unit).stream()
                .filter(line -> line.startsWith("ExecStart="))
                .findFirst()
                .orElseThrow();
        var words = start.split("bin/crowd ", 2)[1].split(" ");
        var arguments = new ArrayList<>(List.of(words));
        arguments.add("--help");
        assertThat(crowd.run(arguments.toArray(String[]::new)).exitCode())
            .as(unit.toString())
            .isZero();
      }
    }
  }
}
