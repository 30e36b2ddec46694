package org.cloudcrowd.action.processpdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.cloudcrowd.action.ActionFailure;
import org.cloudcrowd.action.testkit.ActionTester;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the real tools, on PDFs that Ghostscript writes. */
class PagesBecomePicturesAndTexts {
  @TempDir Path folder;
  private ActionTester tester;

  @BeforeEach
  void open() throws IOException {
    tester = new ActionTester(new ProcessPdfs());
  }

  @AfterEach
  void close() throws IOException {
    tester.close();
  }

  private static String run(String... command) throws Exception {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s: %s", List.of(command), said).isZero();
    return said;
  }

  /** A PDF whose pages say their numbers. */
  private Path pdf(String name, int pages, String size) throws Exception {
    var script =
        "<< /PageSize ["
            + size
            + "] >> setpagedevice "
            + IntStream.rangeClosed(1, pages)
                .mapToObj(
                    page ->
                        "/Helvetica findfont 20 scalefont setfont 20 20 moveto ("
                            + name
                            + " page "
                            + page
                            + ") show showpage ")
                .collect(Collectors.joining());
    var pdf = folder.resolve(name + ".pdf");
    run(
        "gs",
        "-q",
        "-dNOPAUSE",
        "-dBATCH",
        "-sDEVICE=pdfwrite",
        "-o",
        pdf.toString(),
        "-c",
        script);
    return pdf;
  }

  private static Map<String, Object> image(String name, String options, String extension) {
    return Map.of("name", name, "options", options, "extension", extension);
  }

  private List<String> unpacked(Object url, Path to) throws Exception {
    Files.createDirectories(to);
    run("tar", "-xzf", Path.of(URI.create((String) url)).toString(), "-C", to.toString());
    try (var files = Files.walk(to)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> to.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void documentsAreSplitIntoBatchesAndMergedIntoOneArchive() throws Exception {
    tester
        .option("batch_size", 4)
        .option(
            "images",
            List.of(
                image("small", "-resize 50x -density 72", "gif"),
                image("large", "-resize 100x", "png")));
    var report = pdf("report", 11, "200 100");
    var letter = pdf("letter", 1, "200 100");

    assertThat(tester.split(report)).hasSize(3);
    var merged = tester.job(List.of(report, letter));

    assertThat(merged).hasSize(1);
    assertThat((String) merged.get(0)).endsWith("/processed_pdfs.tar");
    var out = folder.resolve("out");
    var expected = new ArrayList<String>();
    for (String document : List.of("letter", "report")) {
      int pages = document.equals("letter") ? 1 : 11;
      expected.add(document + "/text/full/" + document + ".txt");
      for (int page = 1; page <= pages; page++) {
        expected.add(document + "/text/pages/" + document + "_" + page + ".txt");
        expected.add(document + "/images/small/" + document + "_" + page + ".gif");
        expected.add(document + "/images/large/" + document + "_" + page + ".png");
      }
    }
    assertThat(unpacked(merged.get(0), out)).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(
            run(
                "gm",
                "identify",
                "-format",
                "%m %w",
                out.resolve("report/images/small/report_11.gif").toString()))
        .startsWith("GIF 50");
    assertThat(
            run(
                "gm",
                "identify",
                "-format",
                "%m %w",
                out.resolve("report/images/large/report_2.png").toString()))
        .startsWith("PNG 100");
    assertThat(
            Files.readString(out.resolve("report/text/full/report.txt"))
                .lines()
                .map(String::strip)
                .map(line -> line.replace("\f", "")))
        .filteredOn(line -> !line.isEmpty())
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 11).mapToObj(page -> "report page " + page).toList());
  }

  @Test
  void twoDocumentsOfOneNameLieBesideEachOther() throws Exception {
    var first = pdf("twin", 2, "100 100");
    Files.createDirectory(folder.resolve("other"));
    var second = Files.move(pdf("twin", 3, "100 100"), folder.resolve("other/twin.pdf"));
    pdf("twin", 2, "100 100");

    var merged = tester.option("batch_size", 1).job(List.of(first, second));

    assertThat(unpacked(merged.get(0), folder.resolve("out")))
        .contains("twin/text/full/twin.txt", "twin-2/text/full/twin-2.txt")
        .contains("twin/text/pages/twin_2.txt", "twin-2/text/pages/twin_3.txt")
        .hasSize(2 + 2 + 3);
  }

  @Test
  void aDocumentThatIsEncryptedBrokenOrNoneFailsWithItsName() throws Exception {
    var open = pdf("open", 2, "100 100");
    var secret = folder.resolve("secret.pdf");
    run("qpdf", "--encrypt", "user", "owner", "256", "--", open.toString(), secret.toString());
    assertThatThrownBy(() -> tester.split(secret))
        .isInstanceOf(ActionFailure.class)
        .hasMessage("secret.pdf is encrypted, and its password is not known");

    var text = Files.writeString(folder.resolve("text.pdf"), "no PDF at all");
    assertThatThrownBy(() -> tester.split(text))
        .hasMessageStartingWith("text.pdf is no PDF that can be read: ");
    var empty = Files.createFile(folder.resolve("empty.pdf"));
    assertThatThrownBy(() -> tester.split(empty))
        .hasMessageStartingWith("empty.pdf is no PDF that can be read: ");
    var half = Files.readAllBytes(open);
    var broken = Files.write(folder.resolve("broken.pdf"), Arrays.copyOf(half, 200));
    assertThatThrownBy(() -> tester.split(broken))
        .hasMessageStartingWith("broken.pdf is no PDF that can be read: ");
    assertThat(tester.saved()).doesNotExist();
  }

  @Test
  void aPageThatWouldBeHugeIsNotDrawn() throws Exception {
    tester.option("images", List.of(image("a", "-density 300", "png")));
    var huge = pdf("huge", 1, "14400 14400");

    assertThatThrownBy(() -> tester.job(List.of(huge)))
        .isInstanceOf(ActionFailure.class)
        .hasMessage("huge_1.pdf would be drawn with 60000 x 60000 pixels; at most 250 million are");
  }

  @Test
  void whatIsWishedForIsCheckedBeforeADocumentIsTakenApart() throws Exception {
    var pdf = pdf("a", 1, "100 100");
    tester.option("images", List.of(image("a", "-write /tmp/x", "png")));
    assertThatThrownBy(() -> tester.split(pdf))
        .hasMessageStartingWith("image a: the option -write is not among those");
    tester.option("images", List.of(image("../a", "", "png")));
    assertThatThrownBy(() -> tester.split(pdf)).hasMessageStartingWith("an image's name is");
    tester.option("images", List.of(image("a", "", "mvg")));
    assertThatThrownBy(() -> tester.split(pdf))
        .hasMessageStartingWith("image a: extension must be one of");
    assertThat(tester.saved()).doesNotExist();
  }
}
