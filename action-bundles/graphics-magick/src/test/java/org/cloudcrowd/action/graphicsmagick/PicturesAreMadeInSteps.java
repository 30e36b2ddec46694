package org.cloudcrowd.action.graphicsmagick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cloudcrowd.action.ActionFailure;
import org.cloudcrowd.action.testkit.ActionTester;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With the real GraphicsMagick, on pictures that it draws itself. */
@Tag("full")
class PicturesAreMadeInSteps {
  @TempDir Path folder;
  private ActionTester tester;
  private Path picture;

  @BeforeEach
  void draw() throws Exception {
    tester = new ActionTester(new GraphicsMagick());
    picture = folder.resolve("wood d.jpg");
    gm("convert", "-size", "120x80", "gradient:red-blue", picture.toString());
  }

  @AfterEach
  void close() throws IOException {
    tester.close();
  }

  private String gm(String... arguments) throws Exception {
    var command = new ArrayList<>(List.of("gm"));
    command.addAll(List.of(arguments));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s: %s", command, said).isZero();
    return said.strip();
  }

  private static Map<String, Object> step(
      String name, String options, String extension, String input) {
    var step = new HashMap<String, Object>();
    step.put("name", name);
    step.put("command", "convert");
    step.put("options", options);
    step.put("extension", extension);
    step.put("input", input);
    return step;
  }

  private Map<?, ?> made(Map<?, ?>... steps) {
    return (Map<?, ?>) tester.option("steps", List.of(steps)).process(picture);
  }

  private String identified(Object url) throws Exception {
    return gm("identify", "-format", "%m %wx%h", Path.of(URI.create((String) url)).toString());
  }

  @Test
  void eachStepMakesOneAndOneMayBeginWithAnother() throws Exception {
    var urls =
        made(
            step("small", "-resize 60x", "jpg", null),
            step("blurred", "-blur 10x5", "png", null),
            step("bw", "-monochrome -resize '30x30!'", "gif", "blurred"));

    assertThat(urls.keySet().stream().map(String::valueOf))
        .containsExactly("small", "blurred", "bw");
    assertThat(identified(urls.get("small"))).isEqualTo("JPEG 60x40");
    assertThat(identified(urls.get("blurred"))).isEqualTo("PNG 120x80");
    assertThat(identified(urls.get("bw"))).isEqualTo("GIF 30x30");
    assertThat((String) urls.get("bw")).endsWith("wood%20d_bw.gif");
  }

  @Test
  void theFormatIsThatOfTheBytesWhateverTheName() throws Exception {
    var png = folder.resolve("really.png");
    Files.copy(picture, png);
    picture = png;

    assertThat(identified(made(step("a", "", "webp", null)).get("a"))).isEqualTo("WEBP 120x80");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "push graphic-context|in.mvg.jpg is no picture of a format that is read",
        "<svg xmlns='http://www.w3.org/2000/svg'/>|in.mvg.jpg is no picture",
        "%!PS|in.mvg.jpg is no picture",
        "#define x|in.mvg.jpg is no picture",
        "GIF89a and no more|in.mvg.jpg: gm convert",
        "|in.mvg.jpg is no picture"
      })
  void whatIsNoPictureFailsWithItsName(String bytes, String message) throws Exception {
    picture = Files.writeString(folder.resolve("in.mvg.jpg"), bytes == null ? "" : bytes);

    assertThatThrownBy(() -> made(step("a", "", "jpg", null)))
        .isInstanceOf(ActionFailure.class)
        .hasMessageStartingWith("step a: " + message);
    assertThat(tester.saved()).doesNotExist();
  }

  @Test
  void aBombOfPixelsIsNotBlownUp() throws Exception {
    assertThatThrownBy(() -> made(step("big", "-resize 60000x60000!", "png", null)))
        .isInstanceOf(ActionFailure.class)
        .hasMessageContaining("step big: ")
        .hasMessageContaining("imit");
    gm("convert", "-size", "20000x15000", "xc:red", folder.resolve("bomb.png").toString());
    picture = folder.resolve("bomb.png");
    assertThatThrownBy(() -> made(step("small", "-resize 10x10", "png", null)))
        .isInstanceOf(ActionFailure.class)
        .hasMessageContaining("bomb.png");
  }

  @Test
  void stepsThatAreNoneAreRefused() {
    assertThatThrownBy(() -> tester.process(picture))
        .hasMessage("the option steps must be a list of steps");
    assertThatThrownBy(() -> made(step("a", "-write /tmp/x", "jpg", null)))
        .hasMessageContaining("step a: the option -write is not among those");
    assertThatThrownBy(() -> made(step("a/../b", "", "jpg", null)))
        .hasMessageContaining("a step's name is");
    assertThatThrownBy(() -> made(step("a", "", "mvg", null)))
        .hasMessageContaining("extension must be one of jpg");
    assertThatThrownBy(() -> made(step("a", "", "jpg", "b")))
        .hasMessageContaining("its input 'b' is no step before it");
    assertThatThrownBy(() -> made(step("a", "", "jpg", null), step("a", "", "jpg", null)))
        .hasMessageContaining("two steps are called a");
    var composite = step("a", "", "jpg", null);
    composite.put("command", "composite");
    assertThatThrownBy(() -> made(composite))
        .hasMessageContaining("the command must be convert or mogrify");
  }

  private Path pdf(String page) throws Exception {
    var file = folder.resolve("page.pdf");
    var process =
        new ProcessBuilder(
                "gs",
                "-q",
                "-dNOPAUSE",
                "-dBATCH",
                "-sDEVICE=pdfwrite",
                "-o",
                file.toString(),
                "-c",
                page)
            .inheritIO()
            .start();
    assertThat(process.waitFor()).isZero();
    return file;
  }

  @ParameterizedTest
  @CsvSource({
    "-density 20000 -resize 50x, page.pdf would be drawn with 55556 x 27778 pixels",
    "-density 72x99999, page.pdf would be drawn with 200 x 138888 pixels",
    "-comment -density -density 30000, page.pdf would be drawn with 83334 x 41667 pixels",
    "-density 0, the option -density may not have the value '0'",
    "-density 1e9, the option -density may not have the value '1e9'"
  })
  void aPageThatWouldBeHugeIsNotDrawn(String options, String message) throws Exception {
    picture = pdf("<< /PageSize [200 100] >> setpagedevice showpage");

    assertThatThrownBy(() -> made(step("a", options, "png", null)))
        .isInstanceOf(ActionFailure.class)
        .hasMessageContaining(message);
    assertThat(tester.saved()).doesNotExist();
  }

  @Test
  void aPageIsDrawnAsItsCropBoxAndItsUnitSay() throws Exception {
    picture =
        pdf(
            "<< /PageSize [14000 14000] >> setpagedevice [/CropBox [100 100 300 200] /PAGE pdfmark"
                + " showpage");
    assertThat(identified(made(step("a", "-density 144", "png", null)).get("a")))
        .isEqualTo("PNG 400x200");
    var large =
        Files.readString(
            pdf("<< /PageSize [200 100] >> setpagedevice showpage"), StandardCharsets.ISO_8859_1);
    picture =
        Files.writeString(
            folder.resolve("unit.pdf"),
            large.replace("/Type/Page/", "/UserUnit 900/Type/Page/"),
            StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> made(step("a", "", "png", null)))
        .hasMessageContaining("unit.pdf would be drawn with 180000 x 90000 pixels");
  }

  @Test
  void aPictureThatIsCutOffFails() throws Exception {
    var bytes = Files.readAllBytes(picture);
    picture = Files.write(folder.resolve("cut.jpg"), Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(() -> made(step("a", "", "png", null)))
        .hasMessageContaining("cut.jpg is cut off");
  }

  @Test
  void aStepMayBeCalledMogrifyAsInTheOriginal() throws Exception {
    var step = step("small", "-resize 60x", "png", null);
    step.put("command", "mogrify");
    assertThat(identified(made(step).get("small"))).isEqualTo("PNG 60x40");
  }
}
