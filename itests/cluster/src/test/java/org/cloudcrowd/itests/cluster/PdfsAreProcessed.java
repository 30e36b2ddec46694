package org.cloudcrowd.itests.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The action that ships, with the real tools, by the example of the zip. */
class PdfsAreProcessed {
  @RegisterExtension final Crowd crowd = new Crowd();

  private static void run(String... command) throws Exception {
    var process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor()).as("%s", List.of(command)).isZero();
  }

  private Path pdf(String name, int pages) throws Exception {
    var pdf = crowd.folder().resolve(name + ".pdf");
    run(
        "gs",
        "-q",
        "-sDEVICE=pdfwrite",
        "-o",
        pdf.toString(),
        "-c",
        "<< /PageSize [200 100] >> setpagedevice 1 1 "
            + pages
            + " { pop /Helvetica findfont 9 scalefont setfont 20 20 moveto (text) show showpage }"
            + " for");
    return pdf;
  }

  @Test
  void theExampleOfTheZipMakesOneArchive() throws Exception {
    crowd.ship("process-pdfs");
    var up = crowd.up();

    var run =
        crowd.run(
            "submit",
            "--file",
            crowd.home().resolve("examples/process-pdfs/job.json").toString(),
            pdf("one", 9).toString(),
            pdf("two", 2).toString(),
            "--server",
            up.url().toString(),
            "--wait",
            "--json");

    assertThat(run.exitCode()).as(run.err() + run.out()).isZero();
    var outputs = new ObjectMapper().readTree(run.out()).get("outputs");
    assertThat(outputs).hasSize(1);
    var out = Files.createDirectory(crowd.folder().resolve("out"));
    run(
        "tar",
        "-xzf",
        Path.of(URI.create(outputs.get(0).textValue())).toString(),
        "-C",
        out.toString());
    var expected = new ArrayList<>(List.of("manifest.json"));
    for (String document : List.of("one", "two")) {
      int pages = document.equals("one") ? 9 : 2;
      expected.add(document + "/text/full/" + document + ".txt");
      for (int page = 1; page <= pages; page++) {
        expected.add(document + "/text/pages/" + document + "_" + page + ".txt");
        expected.add(document + "/images/700/" + document + "_" + page + ".gif");
        expected.add(document + "/images/1000/" + document + "_" + page + ".gif");
      }
    }
    try (var files = Files.walk(out)) {
      assertThat(files.filter(Files::isRegularFile).map(file -> out.relativize(file).toString()))
          .containsExactlyInAnyOrderElementsOf(expected);
    }
    inputsOfLikeNamesToo(up);
    realOnesToo(up);
  }

  /** Two are called a, and a third as the second of them might be. */
  private void inputsOfLikeNamesToo(Crowd.Running up) throws Exception {
    var other = Files.createDirectory(crowd.folder().resolve("x")).resolve("a.pdf");
    var inputs =
        List.of(Files.move(pdf("a", 3), other), pdf("a", 2), pdf("a-2", 1)).stream()
            .map(Path::toString)
            .toList();
    var command = new ArrayList<>(List.of("submit", "process_pdfs"));
    command.addAll(inputs);
    command.addAll(List.of("--server", up.url().toString(), "--wait", "--json"));

    var run = crowd.run(command.toArray(String[]::new));

    assertThat(run.exitCode()).as(run.err() + run.out()).isZero();
    var archive = new ObjectMapper().readTree(run.out()).get("outputs").get(0).textValue();
    var out = Files.createDirectory(crowd.folder().resolve("like"));
    run("tar", "-xzf", Path.of(URI.create(archive)).toString(), "-C", out.toString());
    var documents =
        new ObjectMapper().readTree(out.resolve("manifest.json").toFile()).get("documents");
    assertThat(documents)
        .extracting(document -> document.get("document").asText())
        .containsExactly("a", "a-3", "a-2");
    assertThat(documents)
        .extracting(document -> document.get("pages").asInt())
        .containsExactly(3, 2, 1);
    assertThat(documents)
        .extracting(document -> Path.of(URI.create(document.get("input").asText())).toString())
        .containsExactlyElementsOf(inputs);
    assertThat(out.resolve("a-3/text/pages/a-3_2.txt")).exists();
    assertThat(out.resolve("a-3/text/pages/a-3_3.txt")).doesNotExist();
  }

  /** The full text of each is that of its pages, one after the other. */
  private void realOnesToo(Crowd.Running up) throws Exception {
    var documents = SharedData.files("pdf");
    if (documents.isEmpty()) {
      return;
    }
    var command = new ArrayList<>(List.of("submit", "process_pdfs"));
    documents.forEach(document -> command.add(document.toString()));
    command.addAll(List.of("--server", up.url().toString(), "--wait", "--json"));
    var run = crowd.run(command.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err() + run.out()).isZero();
    var archive = new ObjectMapper().readTree(run.out()).get("outputs").get(0).textValue();
    var out = Files.createDirectory(crowd.folder().resolve("real"));
    run("tar", "-xzf", Path.of(URI.create(archive)).toString(), "-C", out.toString());
    for (Path document : documents) {
      var name = document.getFileName().toString().replaceFirst("[.]pdf$", "");
      var folder = name.replace('.', '-');
      var page = crowd.folder().resolve("page.txt");
      var text = new StringBuilder();
      int pages = pages(document);
      for (int number = 1; number <= pages; number++) {
        var at = Integer.toString(number);
        run(
            "pdftotext",
            "-enc",
            "UTF-8",
            "-layout",
            "-f",
            at,
            "-l",
            at,
            document.toString(),
            page.toString());
        text.append(Files.readString(page));
      }
      assertThat(out.resolve(folder).resolve("text/full").resolve(folder + ".txt"))
          .hasContent(text.toString());
    }
  }

  private static int pages(Path document) throws Exception {
    var process = new ProcessBuilder("qpdf", "--show-npages", document.toString()).start();
    return Integer.parseInt(new String(process.getInputStream().readAllBytes(), UTF_8).strip());
  }
}
