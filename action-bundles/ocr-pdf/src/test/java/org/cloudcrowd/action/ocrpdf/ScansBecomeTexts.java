package org.cloudcrowd.action.ocrpdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cloudcrowd.action.ActionFailure;
import org.cloudcrowd.action.testkit.ActionTester;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the real tools, on pages that are pictures of words. */
@Tag("full")
class ScansBecomeTexts {
  @TempDir Path folder;
  private ActionTester tester;

  @BeforeEach
  void open() throws IOException {
    tester = new ActionTester(new OcrPdf());
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

  /** A PDF that has a picture of a word on each page, and no text. */
  private Path scan(String name, String... words) throws Exception {
    var script = new StringBuilder("<< /PageSize [300 100] >> setpagedevice ");
    for (String word : words) {
      script
          .append("/Helvetica findfont 36 scalefont setfont 30 40 moveto (")
          .append(word)
          .append(") show showpage ");
    }
    var pages = folder.resolve(name + "-%d.png").toString();
    run(
        "gs",
        "-q",
        "-dNOPAUSE",
        "-dBATCH",
        "-sDEVICE=pnggray",
        "-r150",
        "-o",
        pages,
        "-c",
        script.toString());
    var command = new ArrayList<>(List.of("gm", "convert"));
    for (int page = 1; page <= words.length; page++) {
      command.add(folder.resolve(name + "-" + page + ".png").toString());
    }
    var pdf = Files.createDirectories(folder.resolve(name)).resolve("scan.pdf");
    command.add(pdf.toString());
    run(command.toArray(String[]::new));
    assertThat(run("pdftotext", pdf.toString(), "-").strip()).isEmpty();
    return pdf;
  }

  private static Path file(Object url) {
    return Path.of(URI.create((String) url));
  }

  @Test
  void pagesAreReadAndPutTogetherInTheirOrder() throws Exception {
    tester.option("dpi", 150);
    var documents =
        (List<?>) tester.job(List.of(scan("one", "Lorem", "ipsum"), scan("two", "dolor"))).get(0);

    assertThat(documents).hasSize(2);
    var first = (Map<?, ?>) documents.get(0);
    var second = (Map<?, ?>) documents.get(1);
    assertThat(first.get("document")).isEqualTo("scan");
    assertThat(first.get("pages")).isEqualTo(2);
    assertThat(Files.readString(file(first.get("text"))))
        .containsSubsequence("Lorem", "\f", "ipsum")
        .endsWith("\f");
    assertThat(run("pdftotext", file(first.get("pdf")).toString(), "-"))
        .containsSubsequence("Lorem", "ipsum");
    assertThat(second.get("document")).isEqualTo("scan-2");
    assertThat((String) second.get("input")).endsWith("/two/scan.pdf");
    assertThat(Files.readString(file(second.get("text")))).contains("dolor");
  }

  @Test
  void whatIsNoPdfIsNamed() throws Exception {
    var text = Files.writeString(folder.resolve("text.pdf"), "no PDF");
    assertThatThrownBy(() -> tester.split(text))
        .isInstanceOf(ActionFailure.class)
        .hasMessageContaining("text.pdf is no PDF that can be read");
  }

  @Test
  void aLanguageThatIsNotInstalledIsNamed() throws Exception {
    var page = (String) tester.split(scan("one", "word")).get(0);
    assertThatThrownBy(() -> tester.option("language", "tlh").process(page))
        .isInstanceOf(ActionFailure.class)
        .hasMessageContaining("scan_1.pdf: ")
        .hasMessageContaining("tlh");
  }

  @Test
  void aPageThatWouldFillTheMachineIsRefused() throws Exception {
    var pdf = folder.resolve("huge.pdf");
    run(
        "gs",
        "-q",
        "-dNOPAUSE",
        "-dBATCH",
        "-sDEVICE=pdfwrite",
        "-o",
        pdf.toString(),
        "-c",
        "<< /PageSize [14000 14000] >> setpagedevice showpage");
    var page = tester.split(pdf).get(0);
    assertThatThrownBy(() -> tester.process(page))
        .isInstanceOf(ActionFailure.class)
        .hasMessageContaining("huge_1.pdf would be drawn with");
  }

  @Test
  void whatTheCropBoxShowsIsReadInItsColours() throws Exception {
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
        "<< /PageSize [400 300] >> setpagedevice /Helvetica findfont 30 scalefont setfont"
            + " 20 250 moveto (SECRET) show 0 0 1 setrgbcolor 110 130 moveto (inside) show"
            + " [/CropBox [100 100 300 200] /PAGE pdfmark showpage");

    var document =
        (Map<?, ?>) ((List<?>) tester.option("dpi", 150).job(List.of(whole)).get(0)).get(0);

    assertThat(Files.readString(file(document.get("text"))))
        .contains("inside")
        .doesNotContain("SECRET");
    assertThat(run("pdfimages", "-list", file(document.get("pdf")).toString())).contains(" rgb ");
  }
}
