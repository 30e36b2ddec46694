package org.cloudcrowd.action.transcodevideo;

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
import org.cloudcrowd.action.ActionFailure;
import org.cloudcrowd.action.testkit.ActionTester;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the real FFmpeg, on videos that it makes. */
@Tag("full")
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

  /** Made by FFmpeg of what it is given between its first arguments and the file. */
  private Path made(String name, String... arguments) throws Exception {
    var file = folder.resolve(name);
    var command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-y"));
    command.addAll(List.of(arguments));
    command.add(file.toString());
    run(command.toArray(String[]::new));
    return file;
  }

  private static String[] source(String video, String... more) {
    var all = new ArrayList<>(List.of("-f", "lavfi", "-i", video));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private Map<?, ?> transcoded(Path video, String extension) {
    return (Map<?, ?>)
        ((Map<?, ?>)
                tester
                    .option("formats", List.of(Map.of("name", "a", "extension", extension)))
                    .process(video))
            .get("formats");
  }

  private static String shape(Object url) throws Exception {
    return probe(url, "stream=width,height,sample_aspect_ratio").lines().findFirst().orElseThrow();
  }

  @Test
  void aVideoThatIsCutOffFails() throws Exception {
    var whole =
        made(
            "whole.mp4",
            source(
                "testsrc=size=320x240:rate=25:duration=4",
                "-c:v",
                "libx264",
                "-g",
                "10",
                "-movflags",
                "+faststart"));
    var bytes = Files.readAllBytes(whole);
    var cut = Files.write(folder.resolve("cut.mp4"), Arrays.copyOf(bytes, bytes.length / 2));

    assertThatThrownBy(() -> transcoded(cut, "mp4"))
        .isInstanceOf(ActionFailure.class)
        .hasMessageContaining("cut.mp4: it announces 4.0 s, and ")
        .hasMessageContaining("it is damaged or cut off");
    assertThat(probe(transcoded(whole, "mp4").get("a"), "format=duration")).startsWith("4.0");
  }

  @Test
  void aStartPastTheEndFails() throws Exception {
    var video = video();
    tester.option("formats", List.of(Map.of("name", "a", "extension", "mp4", "start", 10)));
    assertThatThrownBy(() -> tester.process(video))
        .hasMessageMatching("clip[.]avi: format a starts at 10[.]0 s, and it ends at 2[.][01] s");
  }

  @Test
  void oddSidesAreMadeEven() throws Exception {
    var odd = made("odd.mkv", source("testsrc=size=321x241:rate=10:duration=1", "-c:v", "mpeg4"));
    assertThat(shape(transcoded(odd, "mp4").get("a"))).isEqualTo("320,240,1:1");
  }

  @Test
  void aVideoThatDoesNotSayHowLongItIsIsMeasured() throws Exception {
    var live = folder.resolve("live.webm");
    run(
        "sh",
        "-c",
        "ffmpeg -v error -f lavfi -i testsrc=size=160x120:rate=10:duration=2 -c:v libvpx"
            + " -f webm pipe:1 > "
            + live);
    tester.option("thumbnails", Map.of("count", 2));

    assertThat(probe(transcoded(live, "mp4").get("a"), "format=duration")).startsWith("2.0");
    var made = (Map<?, ?>) tester.process(live);
    assertThat((Double) made.get("duration")).isBetween(1.9, 2.1);
    assertThat((List<?>) made.get("thumbnails")).hasSize(2);
  }

  @Test
  void asManyPicturesAsAreAskedForAreGiven() throws Exception {
    var longer =
        made(
            "longer.mp4",
            source(
                "testsrc=size=160x120:rate=10:duration=2",
                "-f",
                "lavfi",
                "-i",
                "sine=duration=4",
                "-c:v",
                "libx264"));
    var stream =
        made(
            "stream.ts",
            source("testsrc=size=160x120:rate=25:duration=2", "-c:v", "libx264", "-g", "250"));
    tester.option("thumbnails", Map.of("count", 30));

    for (Path video : List.of(longer, stream)) {
      assertThat((List<?>) ((Map<?, ?>) tester.process(video)).get("thumbnails")).hasSize(30);
    }
    tester.option("formats", List.of(Map.of("name", "a", "extension", "webm")));
    var made = (Map<?, ?>) tester.process(longer);
    assertThat(probe(((Map<?, ?>) made.get("formats")).get("a"), "format=duration"))
        .startsWith("4.0");
  }

  @Test
  void aVideoIsShownAsItIsMeant() throws Exception {
    var anamorphic =
        made(
            "wide.mp4",
            source(
                "testsrc=size=720x576:rate=5:duration=1",
                "-vf",
                "setsar=64/45",
                "-c:v",
                "libx264"));
    assertThat(shape(transcoded(anamorphic, "mp4").get("a"))).isEqualTo("1024,576,1:1");
    var plain =
        made("plain.mp4", source("testsrc=size=320x240:rate=5:duration=1", "-c:v", "libx264"));
    var turned =
        made("turned.mp4", "-i", plain.toString(), "-c", "copy", "-metadata:s:v", "rotate=90");
    assertThat(shape(transcoded(turned, "mkv").get("a"))).isEqualTo("240,320,1:1");
  }

  @Test
  void aCoverIsNoVideoAndThePictureOfItsSound() throws Exception {
    var cover = made("cover.png", source("testsrc=size=64x64", "-frames:v", "1"));
    var sound = made("sound.mp3", source("sine=duration=2"));
    var song =
        made(
            "song.mp3",
            "-i",
            sound.toString(),
            "-i",
            cover.toString(),
            "-map",
            "0",
            "-map",
            "1",
            "-c",
            "copy",
            "-disposition:v",
            "attached_pic");
    tester.option("thumbnails", Map.of("count", 2, "width", 32));
    tester.option("formats", List.of(Map.of("name", "a", "extension", "mp4")));

    var made = (Map<?, ?>) tester.process(song);

    assertThat(probe(((Map<?, ?>) made.get("formats")).get("a"), "stream=codec_name"))
        .isEqualTo("aac");
    assertThat((List<?>) made.get("thumbnails")).hasSize(2);
    // One thing that is missing does not fail the others.
    assertThat((List<?>) ((Map<?, ?>) tester.process(sound)).get("thumbnails")).isEmpty();
  }
}
