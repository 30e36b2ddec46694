package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.cloudcrowd.protocol.job.JobRequest;
import org.cloudcrowd.protocol.job.Status;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The Felix shell: over SSH, by {@code crowd shell}, and in the foreground. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperatorsUseTheShell {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String TOKEN = "a-token-of-some-length";

  @RegisterExtension private final Crowd crowd = new Crowd("word-count");
  private Crowd.Running up;

  @BeforeAll
  void start() throws Exception {
    crowd.configure("org.cloudcrowd.shell.cfg", "token", TOKEN);
    up = crowd.up("--ssh-port", "0");
  }

  private record Answer(int exitCode, String out, String err) {}

  private interface Login {
    void of(ClientSession session) throws IOException;
  }

  /** Runs a line over SSH, as any client of SSH does. */
  private Answer ssh(Login login, String line) throws IOException {
    var address = Files.readString(directory().resolve("address")).strip().split(":", 2);
    try (var client = SshClient.setUpDefaultClient()) {
      client.setServerKeyVerifier((session, remote, key) -> true);
      client.start();
      try (var session =
          client
              .connect("anybody", address[0], Integer.parseInt(address[1]))
              .verify(PATIENCE)
              .getSession()) {
        login.of(session);
        session.auth().verify(PATIENCE);
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        try (var channel = session.createExecChannel(line)) {
          channel.setOut(out);
          channel.setErr(err);
          channel.open().verify(PATIENCE);
          channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), PATIENCE);
          return new Answer(
              channel.getExitStatus(),
              out.toString(StandardCharsets.UTF_8),
              err.toString(StandardCharsets.UTF_8));
        }
      }
    }
  }

  private Path directory() {
    return crowd.conf().resolve("data/shell-up");
  }

  private Answer ssh(String line) throws IOException {
    return ssh(
        session ->
            session.addPublicKeyIdentity(
                new FileKeyPairProvider(directory().resolve("client_key"))
                    .loadKeys(null)
                    .iterator()
                    .next()),
        line);
  }

  private String said(String line) throws IOException {
    var answer = ssh(line);
    assertThat(answer.err()).isEmpty();
    assertThat(answer.exitCode()).isZero();
    return answer.out();
  }

  @Test
  void anOperatorListsBundlesShowsAJobAndDrainsANode() throws Exception {
    var client = up.client();
    var job = Orders.await(client, client.submit(Orders.probe(List.of(Map.of("value", 7)))));
    var node = client.nodes().get(0).host();

    assertThat(said("lb")).contains("Active", "CloudCrowd Node (0.1.0)");
    assertThat(said("scr:list")).contains("org.cloudcrowd.server.dispatch.Dispatcher");
    assertThat(said("job " + job.id()))
        .contains("job " + job.id() + ": probe, succeeded, 100% of", "[7]");
    assertThat(said("nodes")).contains(node, "available");
    assertThat(said("drain " + node)).contains("drained");

    var waiting = client.submit(Orders.probe(List.of(Map.of("value", 1))));
    assertThat(said("nodes")).contains("drained: it takes nothing until it is resumed");
    assertThat(client.job(waiting.id()).status().isComplete()).isFalse();
    // It may be busy already with what has waited.
    assertThat(said("resume " + node)).contains(node).doesNotContain("drained");
    assertThat(Orders.await(client, waiting).status()).isEqualTo(Status.SUCCEEDED);
  }

  @Test
  void anOperatorDeploysABundleAndAsksWhyAJobWaits() throws Exception {
    var client = up.client();
    var zip = crowd.folder().resolve("greet.zip");
    DroppedProgram.script("greet", "echo '\"hello\"'").zipTo(zip);

    assertThat(said("deploy -n " + zip))
        .contains("org.cloudcrowd.program.greet@1.0.0", "greet can be run");
    assertThat(said("bundles").lines()).hasSize(1);
    assertThat(said("deploy " + zip)).contains("org.cloudcrowd.program.greet@1.0.0");
    await()
        .atMost(20, TimeUnit.SECONDS)
        .untilAsserted(() -> assertThat(said("bundles")).contains("greet", "installed"));

    said("blacklist greet");
    var job = client.submit(JobRequest.of("greet", List.of(TextNode.valueOf("a")), null));
    assertThat(said("why " + job.id()))
        .contains("1 processing, queued: the action greet is on the blacklist");
    said("unblacklist greet");
    assertThat(Orders.await(client, job).status()).isEqualTo(Status.SUCCEEDED);
    assertThat(said("undeploy org.cloudcrowd.program.greet")).contains("is undeployed");
    assertThat(ssh("undeploy nothing").err()).contains("no bundle nothing");
  }

  @Test
  void everythingOfTheClusterIsShown() throws Exception {
    var client = up.client();
    var submitted = said("submit probe '[{\"value\": 3}]'");
    long id = Long.parseLong(submitted.replaceAll("(?s)job ([0-9]+):.*", "$1"));
    Orders.await(client, client.job(id));

    assertThat(said("jobs -n 1")).containsPattern("ID +ACTION +STATUS(?s:.*)succeeded");
    assertThat(said("jobs --status failed --action none").lines()).hasSize(1);
    assertThat(said("units " + id)).contains("succeeded").doesNotContain("more:");
    var first = said("units -n 1 " + id);
    assertThat(first).containsPattern("more: +--after [0-9a-f-]+");
    var after = first.replaceAll("(?s).*--after ([0-9a-f-]+).*", "$1");
    assertThat(said("units --after " + after + " " + id).lines()).hasSize(2);
    long unit = client.units(id, 1, null).units().get(0).id();
    assertThat(said("unit " + unit)).contains("work unit " + unit + " of job " + id, "succeeded");
    assertThat(said("actions")).contains("split, process, merge");
    assertThat(said("workers")).contains("probe", "idle");
    assertThat(said("store status")).contains("open jobs", "schema");
    assertThat(said("delete " + id)).contains("is deleted");
  }

  @Test
  void actionsAreHeldBackAndJobsEndedAndRetried() throws Exception {
    var client = up.client();
    assertThat(said("blacklist word_count")).contains("word_count");
    var job = client.submit(JobRequest.of("word_count", List.of(TextNode.valueOf("x")), null));

    assertThat(said("cancel " + job.id())).contains("cancelled");
    assertThat(said("retry " + job.id())).contains("queued");
    assertThat(said("cancel " + job.id())).contains("cancelled");
    assertThat(said("unblacklist word_count")).doesNotContain("word_count");
  }

  @Test
  void aMistakeIsOneLineAndAnExitCode() throws Exception {
    assertThat(ssh("job 999999")).isEqualTo(new Answer(1, "", "there is no job 999999\n"));
    assertThat(ssh("drain nobody:1")).isEqualTo(new Answer(1, "", "there is no node nobody:1\n"));
    assertThat(ssh("nonsense")).isEqualTo(new Answer(1, "", "Command not found: nonsense\n"));
    assertThat(ssh("jobs -s odd").err()).contains("status must be one of processing, succeeded");
    assertThat(ssh("submit none x").err()).contains("no node has advertised the action 'none'");
    assertThat(ssh("submit -o 3 probe x").err()).contains("the options must be a JSON object");
    assertThat(ssh("store gossip").err()).contains("the store has no 'gossip'");
  }

  @Test
  void theHelpTellsWhatACommandDoes() throws Exception {
    assertThat(said("help")).contains("crowd:jobs", "felix:lb", "scr:list");
    assertThat(said("help jobs")).contains("lists the newest jobs", "--limit");
  }

  @Test
  void onlyWhoHasAKeyOrTheTokenIsLetIn() throws Exception {
    assertThat(ssh(session -> session.addPasswordIdentity(TOKEN), "nodes").exitCode()).isZero();
    assertThatThrownBy(
            () -> ssh(session -> session.addPasswordIdentity("a-token-of-some-lengtH"), "nodes"))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> ssh(session -> {}, "nodes")).isInstanceOf(IOException.class);
    assertThat(Files.getPosixFilePermissions(directory()).toString())
        .doesNotContain("GROUP", "OTHERS");
  }

  @Test
  void crowdShellFindsTheContainer() throws Exception {
    var conf = crowd.conf().toString();

    assertThat(crowd.run("-c", conf, "shell", "nodes").out()).contains("available");
    var refused = crowd.run("-c", conf, "shell", "job", "999999");
    assertThat(refused.exitCode()).isOne();
    assertThat(refused.err()).isEqualTo("there is no job 999999\n");
    var closed = crowd.run("-c", conf, "shell", "--data", crowd.folder() + "/none", "nodes");
    assertThat(closed.exitCode()).isOne();
    assertThat(closed.err()).contains("has its shell open; start it with --ssh-port 0");
  }

  @Test
  void aTerminalHasCompletionAndIsLeftByItsUser() throws Exception {
    try (var terminal = new Terminal(crowd.commandLine("-c", crowd.conf().toString(), "shell"))) {
      terminal.awaitText("crowd> ");
      terminal.type("wor\t");
      terminal.awaitText("workers");
      terminal.type("\r");
      terminal.awaitText("IDLE SECONDS");
      terminal.type("\u0004");
      assertThat(terminal.awaitExit()).isZero();
    }
  }

  @Test
  void leavingTheShellInTheForegroundStopsTheContainer() throws Exception {
    var own = crowd.folder().resolve("foreground");
    try (var terminal =
        new Terminal(
            crowd.commandLine(
                "-c",
                crowd.conf().toString(),
                "server",
                "-p",
                "0",
                "--shell",
                "--data",
                own.toString()))) {
      terminal.awaitText("ready: ");
      terminal.awaitText("crowd> ");
      terminal.type("store status\r");
      terminal.awaitText("open work units");
      terminal.type("\u0004");
      assertThat(terminal.awaitExit()).isZero();
    }
  }

  /** A program at a terminal of its own, which {@code script} makes. */
  private static final class Terminal implements AutoCloseable {
    private final Process process;
    private final List<Byte> seen = new ArrayList<>();

    private Terminal(String line) throws IOException {
      var builder =
          new ProcessBuilder("script", "-qefc", "stty cols 100 rows 30; exec " + line, "/dev/null")
              .redirectErrorStream(true);
      builder.environment().put("TERM", "xterm");
      process = builder.start();
      var reader = new Thread(this::read, "terminal");
      reader.setDaemon(true);
      reader.start();
    }

    private void read() {
      try (var in = process.getInputStream()) {
        for (int next = in.read(); next >= 0; next = in.read()) {
          synchronized (seen) {
            seen.add((byte) next);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** What was printed, without the colours. */
    private String text() {
      synchronized (seen) {
        var bytes = new byte[seen.size()];
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] = seen.get(i);
        }
        return new String(bytes, StandardCharsets.UTF_8)
            .replaceAll("\u001b\\[[0-9;?]*[A-Za-z]", "");
      }
    }

    private void type(String keys) throws IOException {
      process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    }

    private void awaitText(String text) {
      await("'" + text + "' on the terminal")
          .atMost(60, TimeUnit.SECONDS)
          .until(this::text, shown -> shown.contains(text));
    }

    private int awaitExit() throws InterruptedException {
      return process.waitFor(60, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    @Override
    public void close() {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
