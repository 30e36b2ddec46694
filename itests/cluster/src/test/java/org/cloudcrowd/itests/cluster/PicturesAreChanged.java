package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.client.ServerProblemException;
import org.cloudcrowd.protocol.job.JobRequest;
import org.cloudcrowd.protocol.job.JobView;
import org.cloudcrowd.protocol.job.Status;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The action that ships, with the real GraphicsMagick, on pictures that it draws. */
class PicturesAreChanged {
  /** Of the original's example; its first step draws a text, for which there may be no font. */
  private static final String STEPS =
      """
      {"steps": [
        {"name": "annotated", "command": "convert", "extension": "jpg",
         "options": "-fill red -draw 'rectangle 10,10 60,40'"},
        {"name": "blurred", "command": "convert", "options": "-blur 10x5", "extension": "png"},
        {"name": "bw", "input": "blurred", "command": "convert", "options": "-monochrome",
         "extension": "jpg"}]}
      """;

  @RegisterExtension final Crowd crowd = new Crowd();
  private Crowd.Running up;
  private CrowdClient client;

  @BeforeEach
  void start() throws Exception {
    crowd.ship("graphics-magick");
    up = crowd.up();
    client = up.client();
  }

  private static String gm(String... arguments) throws Exception {
    var command = new ArrayList<>(List.of("gm"));
    command.addAll(List.of(arguments));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s: %s", command, said).isZero();
    return said.strip();
  }

  private static ObjectNode options(String json) throws IOException {
    return (ObjectNode) new ObjectMapper().readTree(json);
  }

  private JobView submit(List<Path> pictures, String options) throws Exception {
    return client.submit(
        JobRequest.of(
            "graphics_magick",
            pictures.stream()
                .<JsonNode>map(picture -> TextNode.valueOf(picture.toUri().toString()))
                .toList(),
            options(options)));
  }

  private static Path file(JsonNode url) {
    return Path.of(URI.create(url.textValue()));
  }

  private void assertThreePicturesOfEach(JobView job, int inputs, String size) throws Exception {
    assertThat(job.status()).as("%s", job.failures()).isEqualTo(Status.SUCCEEDED);
    assertThat(job.outputs()).hasSize(inputs);
    for (JsonNode output : job.outputs()) {
      assertThat(identify(output.get("annotated"))).startsWith("JPEG " + size);
      assertThat(identify(output.get("blurred"))).startsWith("PNG " + size);
      assertThat(identify(output.get("bw"))).startsWith("JPEG " + size).endsWith("GRAYSCALE");
    }
  }

  private static String identify(JsonNode url) throws Exception {
    return gm("identify", "-format", "%m %wx%h %[JPEG-Colorspace-Name]", file(url).toString());
  }

  @Test
  void threePicturesOfEachAndNoneIsLeftOfADeletedJob() throws Exception {
    var pictures = new ArrayList<Path>();
    for (String color : List.of("red", "green", "blue")) {
      var picture = crowd.folder().resolve(color + ".jpg");
      gm("convert", "-size", "90x60", "gradient:white-" + color, picture.toString());
      pictures.add(picture);
    }

    var job = Orders.await(client, submit(pictures, STEPS));

    assertThreePicturesOfEach(job, 3, "90x60");
    for (Path real : SharedData.files("images")) {
      assertThreePicturesOfEach(
          Orders.await(client, submit(List.of(real), STEPS)),
          1,
          gm("identify", "-format", "%wx%h", real.toString()));
    }
    var saved = file(job.outputs().get(0).get("bw"));
    client.delete(job.id());
    await().atMost(30, TimeUnit.SECONDS).until(() -> !Files.exists(saved));
  }

  @Test
  void theExampleOfTheZipRuns() throws Exception {
    var picture = crowd.folder().resolve("red.jpg");
    gm("convert", "-size", "900x600", "gradient:white-red", picture.toString());

    var run =
        crowd.run(
            "submit",
            "--file",
            crowd.home().resolve("examples/graphics-magick/job.json").toString(),
            picture.toString(),
            "--server",
            up.url().toString(),
            "--wait",
            "--json");

    assertThat(run.exitCode()).as(run.err()).isZero();
    var output = new ObjectMapper().readTree(run.out()).get("outputs").get(0);
    assertThat(identify(output.get("small"))).startsWith("JPEG 300x200");
    assertThat(identify(output.get("bw"))).startsWith("GIF 900x600");
  }

  @Test
  void optionsAndPicturesThatAreNoneAreRefusedWithTheirReason() throws Exception {
    var refused =
        catchThrowableOfType(
            ServerProblemException.class,
            () ->
                submit(
                    List.of(crowd.folder().resolve("x.jpg")),
                    "{\"steps\": [{\"name\": \"../x\", \"extension\": \"jpg\"}]}"));
    assertThat(refused.problem().status()).isEqualTo(422);
    assertThat(refused.problem().field()).isEqualTo("/options/steps/0/name");

    var text = Files.writeString(crowd.folder().resolve("text.jpg"), "push graphic-context");
    var failed = Orders.await(client, submit(List.of(text), STEPS));
    assertThat(failed.status()).isEqualTo(Status.FAILED);
    assertThat(failed.failures().get(0).message())
        .contains("step annotated: text.jpg is no picture of a format that is read");
  }
}
