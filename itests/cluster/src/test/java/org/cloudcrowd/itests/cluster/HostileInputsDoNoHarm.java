package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.client.ServerProblemException;
import org.cloudcrowd.protocol.job.JobRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every row of {@code docs/hostile-inputs.md}, posted to a cluster with the real tools. */
class HostileInputsDoNoHarm {
  private static final Path TABLE = Path.of("../../docs/hostile-inputs.md");
  private static final Pattern CODE = Pattern.compile("`(.*)`");
  private static final Pattern FILE = Pattern.compile("`([^`]*)`, .*");
  private static final String SECRET = "a secret that nobody may read";
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @RegisterExtension final Crowd crowd = new Crowd("word-count");
  private final ObjectMapper json = new ObjectMapper();
  private final AtomicInteger hits = new AtomicInteger();
  private HttpServer web;
  private Path folder;
  private Path secret;
  private Path fresh;

  /** A row of the table. */
  private record Row(
      String action, JsonNode input, ObjectNode options, String receiver, String answer) {}

  @BeforeEach
  void open() throws Exception {
    web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    web.createContext(
        "/",
        exchange -> {
          hits.incrementAndGet();
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    web.start();
    folder = Files.createDirectory(crowd.folder().resolve("in"));
    secret = Files.writeString(crowd.folder().resolve("secret.txt"), SECRET);
    fresh = crowd.folder().resolve("new.png");
    Files.createSymbolicLink(folder.resolve("link"), secret);
    writeFiles();
  }

  @AfterEach
  void stop() {
    web.stop(0);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), filled(text));
  }

  private static void run(String... command) throws Exception {
    var process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor()).as("%s", List.of(command)).isZero();
  }

  private String in(String name) {
    return folder.resolve(name).toString();
  }

  private void cut(String whole, String half) throws IOException {
    var bytes = Files.readAllBytes(folder.resolve(whole));
    Files.write(folder.resolve(half), Arrays.copyOf(bytes, bytes.length / 2));
  }

  private void writeFiles() throws Exception {
    run("gm", "convert", "-size", "64x64", "plasma:", in("fine.png"));
    run(
        "gm",
        "convert",
        "-size",
        "20000x20000",
        "-depth",
        "1",
        "xc:white",
        "-monochrome",
        in("pixels.png"));
    cut("fine.png", "cut.png");
    write("text.png", "no picture");
    write("empty.png", "");
    write(
        "reading.svg",
        "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'"
            + " width='9' height='9'><image xlink:href='{secret}' width='9' height='9'/>"
            + "<image xlink:href='http://{web}/' width='9' height='9'/></svg>");
    write("reading.mvg", "viewbox 0 0 9 9 image over 0,0 9,9 '{secret}'");
    write(
        "writing.msl",
        "<?xml version='1.0'?><image><read filename='{secret}'/><write filename='{new}'/></image>");
    var program = "%!PS\n({secret}) (r) file pop ({new}) (w) file closefile showpage\n";
    write("script.ps", program);
    write("disguised.png", program);
    run(
        "gs",
        "-q",
        "-sDEVICE=pdfwrite",
        "-o",
        in("fine.pdf"),
        "-c",
        "<< /PageSize [200 100] >> setpagedevice showpage");
    run(
        "gs",
        "-q",
        "-sDEVICE=pdfwrite",
        "-o",
        in("page.pdf"),
        "-c",
        "<< /PageSize [14000 14000] >> setpagedevice showpage");
    run("qpdf", "--encrypt", "word", "word", "256", "--", in("fine.pdf"), in("locked.pdf"));
    cut("fine.pdf", "cut.pdf");
    write("text.pdf", "no PDF");
    write("list.m3u8", "#EXTM3U\n#EXTINF:1,\nfile://{secret}\n#EXTINF:1,\nhttp://{web}/\n");
    write("list.mp4", "#EXTM3U\n#EXTINF:1,\nfile://{secret}\n#EXT-X-ENDLIST\n");
    write("list.ffconcat", "ffconcat version 1.0\nfile '{secret}'\n");
    run(
        "ffmpeg",
        "-v",
        "error",
        "-f",
        "lavfi",
        "-i",
        "testsrc=size=32x32:duration=1",
        in("fine.mp4"));
  }

  private String filled(String text) {
    var address = "127.0.0.1:" + web.getAddress().getPort();
    return text.replace("{secret}", secret.toString())
        .replace("{new}", fresh.toString())
        .replace("{folder}", folder.toString())
        .replace("{web}", address)
        .replace("{port}", Integer.toString(web.getAddress().getPort()));
  }

  private List<Row> rows() throws IOException {
    var rows = new ArrayList<Row>();
    var heading = "";
    for (String line : Files.readAllLines(TABLE)) {
      if (line.startsWith("## ")) {
        heading = line.substring(3);
      } else if (line.startsWith("| ") && line.contains("`")) {
        rows.add(
            row(heading, line.substring(2, line.length() - 2).replace("\\|", "|").split(" \\| ")));
      }
    }
    return rows;
  }

  private Row row(String heading, String[] cells) throws IOException {
    return switch (heading) {
      case "Options" ->
          new Row(
              cells[0], fine(cells[0]), (ObjectNode) json.readTree(code(cells[1])), null, cells[2]);
      case "Files" ->
          new Row(
              cells[0],
              file(matched(FILE, cells[1])),
              (ObjectNode) json.readTree(usual(cells[0])),
              null,
              cells[2]);
      case "URLs" ->
          new Row(
              "word_count",
              TextNode.valueOf(code(cells[0])),
              json.createObjectNode(),
              null,
              cells[1]);
      case "Receivers" ->
          new Row(
              "word_count", file("text.pdf"), json.createObjectNode(), code(cells[0]), cells[1]);
      default -> throw new IOException("no rows stand below " + heading);
    };
  }

  private String code(String cell) {
    return filled(matched(CODE, cell));
  }

  private static String matched(Pattern pattern, String cell) {
    var found = pattern.matcher(cell);
    assertThat(found.matches()).as(cell).isTrue();
    return found.group(1);
  }

  private TextNode file(String name) {
    return TextNode.valueOf(folder.resolve(name).toUri().toString());
  }

  private TextNode fine(String action) {
    return file(
        switch (action) {
          case "graphics_magick" -> "fine.png";
          case "transcode_video" -> "fine.mp4";
          default -> "fine.pdf";
        });
  }

  private static String usual(String action) {
    return switch (action) {
      case "graphics_magick" ->
          "{\"steps\": [{\"name\": \"a\", \"command\": \"convert\", \"extension\": \"png\"}]}";
      case "process_pdfs" ->
          "{\"images\": [{\"name\": \"a\", \"options\": \"-density 90\", \"extension\": \"gif\"}]}";
      case "transcode_video" -> "{\"formats\": [{\"name\": \"a\", \"extension\": \"mp4\"}]}";
      default -> "{}";
    };
  }

  /** What the server says at once, or null and a job. */
  private static String refusal(CrowdClient client, Row row, List<Long> jobs) throws Exception {
    try {
      jobs.add(
          client
              .submit(
                  JobRequest.builder(row.action(), List.of(row.input()))
                      .options(row.options())
                      .maxAttempts(1)
                      .callback(row.receiver(), null)
                      .build())
              .id());
      return null;
    } catch (ServerProblemException e) {
      jobs.add(null);
      return e.getMessage();
    }
  }

  @Test
  void eachIsAnsweredWithItsReasonAndNothingIsLeftOfIt() throws Exception {
    for (String action : List.of("graphics-magick", "process-pdfs", "ocr-pdf", "transcode-video")) {
      crowd.ship(action);
    }
    crowd.configure("org.cloudcrowd.inputs.cfg", "file_roots", folder.toString());
    crowd.configure("org.cloudcrowd.inputs.cfg", "addresses", "public");
    crowd.configure("org.cloudcrowd.callbacks.cfg", "addresses", "public");
    var up = crowd.up();
    var client = up.client();
    await().atMost(PATIENCE).until(() -> client.actions().size() >= 5);
    var rows = rows();
    assertThat(rows).hasSizeGreaterThan(60);

    var jobs = new ArrayList<Long>();
    var answers = new ArrayList<String>();
    for (Row row : rows) {
      answers.add(refusal(client, row, jobs));
    }
    var soft = new SoftAssertions();
    for (int i = 0; i < rows.size(); i++) {
      var job = jobs.get(i);
      if (job != null) {
        await().atMost(PATIENCE).until(() -> client.job(job).status().isComplete());
        answers.set(i, rows.get(i).receiver() == null ? fault(client, job) : tried(client, job));
      }
      soft.assertThat(answers.get(i)).as("%s", rows.get(i)).contains(filled(rows.get(i).answer()));
    }
    soft.assertAll();
    assertThat(hits.get()).isZero();
    assertThat(fresh).doesNotExist();
    assertThat(up.workers()).allMatch(worker -> worker.descendants().findAny().isEmpty());
    assertThat(String.join("\n", answers)).doesNotContain(SECRET);
    for (Long job : jobs) {
      if (job != null) {
        client.delete(job);
      }
    }
    await().atMost(PATIENCE).until(() -> isEmpty(crowd.conf().resolve("data/assets")));
    await().atMost(PATIENCE).until(() -> isEmpty(crowd.conf().resolve("data/node/work")));
  }

  private static String fault(CrowdClient client, long job) throws Exception {
    var failures = client.job(job).failures();
    return failures == null ? "done" : failures.get(0).message();
  }

  /** What became of telling the receiver of a complete job. */
  private static String tried(CrowdClient client, long job) throws Exception {
    await().atMost(PATIENCE).until(() -> !client.callback(job).tries().isEmpty());
    return client.callback(job).tries().get(0).message();
  }

  private static boolean isEmpty(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return true;
    }
    try (var files = Files.walk(folder)) {
      return files.noneMatch(Files::isRegularFile);
    }
  }
}
