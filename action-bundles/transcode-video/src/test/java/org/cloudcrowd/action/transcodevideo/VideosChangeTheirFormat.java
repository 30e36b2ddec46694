package org.cloudcrowd.action.transcodevideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cloudcrowd.action.ActionFailure;
import org.cloudcrowd.action.testkit.ActionTester;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the real FFmpeg, on videos that it makes. */
class VideosChangeTheirFormat {
  @TempDir Path folder;
  private ActionTester tester;

  @BeforeEach
  void open() throws IOException {
    tester = new ActionTester(new TranscodeVideo());
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

  private Path video() throws Exception {
    var video = folder.resolve("clip.avi");
    run(
        "ffmpeg",
        "-v",
        "error",
        "-f",
        "lavfi",
        "-i",
        "testsrc=size=320x240:rate=10:duration=2",
        "-f",
        "lavfi",
        "-i",
        "sine=duration=2",
        "-c:v",
        "mpeg4",
        video.toString());
    return video;
  }

  private static String probe(Object url, String entries) throws Exception {
    return run(
            "ffprobe",
            "-v",
            "error",
            "-show_entries",
            entries,
            "-of",
            "csv=p=0",
            Path.of(URI.create((String) url)).toString())
        .strip();
  }

  @Test
  void formatsAndPicturesAreMade() throws Exception {
    tester.option(
        "formats",
        List.of(
            Map.of("name", "small", "extension", "mp4", "width", 160, "video_kilobits", 100),
            Map.of("name", "cut", "extension", "webm", "start", 0.5, "duration", 1, "width", 64),
            Map.of("name", "sound", "extension", "mp3")));
    tester.option("thumbnails", Map.of("count", 3, "width", 80));

    var made = (Map<?, ?>) tester.process(video());

    assertThat((Double) made.get("duration")).isBetween(1.9, 2.2);
    var formats = (Map<?, ?>) made.get("formats");
    assertThat(formats.get("small").toString()).endsWith("/clip_small.mp4");
    assertThat(probe(formats.get("small"), "stream=codec_name,width,height"))
        .contains("h264,160,120")
        .contains("aac");
    assertThat(probe(formats.get("cut"), "stream=codec_name,width,height"))
        .contains("vp9,64,48")
        .contains("opus");
    assertThat(Double.parseDouble(probe(formats.get("cut"), "format=duration")))
        .isBetween(0.9, 1.2);
    assertThat(probe(formats.get("sound"), "stream=codec_name")).isEqualTo("mp3");
    var pictures = (List<?>) made.get("thumbnails");
    assertThat(pictures).hasSize(3);
    assertThat(probe(pictures.get(2), "stream=codec_name,width,height")).isEqualTo("mjpeg,80,60");
  }

  @Test
  void whatOnlyNamesWhatItShowsIsRefused() throws Exception {
    var secret = Files.move(video(), folder.resolve("secret.avi"));
    tester.option("formats", List.of(Map.of("name", "a", "extension", "mp4")));
    var playlist =
        Files.writeString(
            folder.resolve("list.m3u8"),
            "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n"
                + secret.toUri()
                + "\n#EXT-X-ENDLIST\n");
    var concat =
        Files.writeString(
            folder.resolve("list.ffconcat"), "ffconcat version 1.0\nfile '" + secret + "'\n");
    var disguised = Files.copy(playlist, folder.resolve("list.mp4"));

    for (Path list : List.of(playlist, concat, disguised)) {
      assertThatThrownBy(() -> tester.process(list))
          .isInstanceOf(ActionFailure.class)
          .hasMessageContaining(list.getFileName().toString());
    }
    assertThat(tester.saved()).doesNotExist();
  }

  @Test
  void whatIsNoVideoIsNamed() throws Exception {
    tester.option("thumbnails", Map.of("count", 1));
    var text = Files.writeString(folder.resolve("text.mp4"), "no video");
    assertThatThrownBy(() -> tester.process(text))
        .isInstanceOf(ActionFailure.class)
        .hasMessageContaining("text.mp4: ");
    var sound = folder.resolve("sound.wav");
    run("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "sine=duration=1", sound.toString());
    assertThatThrownBy(() -> tester.process(sound))
        .isInstanceOf(ActionFailure.class)
        .hasMessageContaining("sound.wav");
  }

  @Test
  void somethingMustBeAskedFor() throws Exception {
    var video = video();
    assertThatThrownBy(() -> tester.process(video))
        .isInstanceOf(ActionFailure.class)
        .hasMessage("neither formats nor thumbnails are asked for");
  }
}
