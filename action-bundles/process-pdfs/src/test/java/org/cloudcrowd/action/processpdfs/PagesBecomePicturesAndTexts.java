package org.cloudcrowd.action.processpdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With the real tools, on PDFs that Ghostscript writes. */
@Tag("full")
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
    expected.add("manifest.json");
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

  /** Two are called a, and a third as the second of them might be. */
  @ParameterizedTest
  @CsvSource({"0 1 2", "0 2 1", "1 0 2", "1 2 0", "2 0 1", "2 1 0"})
  void anySetOfInputsGivesAsManyDocumentsEachUnderOneName(String order) throws Exception {
    Files.createDirectory(folder.resolve("x"));
    var other = Files.move(pdf("a", 3, "300 100"), folder.resolve("x/a.pdf"));
    var files = List.of(pdf("a", 2, "300 100"), other, pdf("a-2", 1, "300 100"));
    var inputs =
        Arrays.stream(order.split(" ", -1)).map(i -> files.get(Integer.parseInt(i))).toList();
    tester.option("batch_size", 1).option("images", List.of(image("i", "-density 72", "png")));

    var out = folder.resolve("out");
    var all = unpacked(tester.job(inputs).get(0), out);

    var manifest = new ObjectMapper().readTree(out.resolve("manifest.json").toFile());
    assertThat(manifest.get("documents")).hasSize(3);
    var expected = new ArrayList<>(List.of("manifest.json"));
    for (int i = 0; i < 3; i++) {
      var entry = manifest.get("documents").get(i);
      var name = entry.get("document").asText();
      assertThat(entry.get("input_number").asInt()).isEqualTo(i + 1);
      assertThat(entry.get("input").asText()).isEqualTo(inputs.get(i).toUri().toString());
      int pages = inputs.get(i).equals(files.get(0)) ? 2 : inputs.get(i).equals(other) ? 3 : 1;
      assertThat(entry.get("pages").asInt()).isEqualTo(pages);
      expected.add(name + "/text/full/" + name + ".txt");
      for (int page = 1; page <= pages; page++) {
        expected.add(name + "/text/pages/" + name + "_" + page + ".txt");
        expected.add(name + "/images/i/" + name + "_" + page + ".png");
      }
    }
    assertThat(all).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(expected).contains("a-2/text/full/a-2.txt");
    assertThat(Files.readString(out.resolve("a-2/text/full/a-2.txt"))).contains("a-2 page 1");
  }

  @Test
  void lettersOfOtherScriptsStayInNames() throws Exception {
    var pdf = Files.move(pdf("a", 1, "100 100"), folder.resolve("報告.pdf"));

    assertThat(unpacked(tester.job(List.of(pdf)).get(0), folder.resolve("out")))
        .contains("報告/text/full/報告.txt", "報告/text/pages/報告_1.txt");
  }

  @Test
  void aDocumentWithoutPagesFailsByName() throws Exception {
    var none =
        Files.writeString(
            folder.resolve("none.pdf"),
            """
            %PDF-1.4
            1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
            2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj
            trailer<</Root 1 0 R/Size 3>>
            """);
    assertThatThrownBy(() -> tester.split(none)).hasMessage("none.pdf has no pages");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 90, 180, 270})
  void whatIsOutsideTheCropBoxIsNeitherDrawnNorRead(int rotation) throws Exception {
    var whole = folder.resolve("whole.pdf");
    run(
        "gs",
        "-q",
        "-dNOPAUSE",
        "-dBATCH",
        "-sDEVICE=pdfwrite",
        "-o",
        whole.toString(),
        "-c",
        "<< /PageSize [400 300] >> setpagedevice /Helvetica findfont 20 scalefont setfont"
            + " 20 250 moveto (SECRET) show 120 120 moveto (inside) show"
            + " [/CropBox [100 100 300 200] /PAGE pdfmark showpage");
    var pdf = folder.resolve("cropped.pdf");
    run("qpdf", whole.toString(), "--rotate=" + rotation, pdf.toString());
    tester.option("images", List.of(image("i", "-density 144", "png")));

    var out = folder.resolve("out");
    unpacked(tester.job(List.of(pdf)).get(0), out);

    assertThat(Files.readString(out.resolve("cropped/text/pages/cropped_1.txt")))
        .contains("inside")
        .doesNotContain("SECRET");
    assertThat(
            run(
                    "gm",
                    "identify",
                    "-format",
                    "%wx%h",
                    out.resolve("cropped/images/i/cropped_1.png").toString())
                .strip())
        .isEqualTo(rotation % 180 == 0 ? "400x200" : "200x400");
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
    tester.option("images", List.of(image("a", "-density 300x99999", "png")));
    var tall = pdf("tall", 1, "200 200");
    assertThatThrownBy(() -> tester.job(List.of(tall)))
        .hasMessage("tall_1.pdf would be drawn with 834 x 277775 pixels; at most 250 million are");
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
