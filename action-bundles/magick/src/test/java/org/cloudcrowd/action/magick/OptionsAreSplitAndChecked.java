package org.cloudcrowd.action.magick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.cloudcrowd.action.ActionFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsAreSplitAndChecked {

  @Test
  void aLineIsSplitAsAShellSplitsIt() {
    assertThat(ShellWords.of(" -a  'b c'\t\"d \\\"e\\\" \\x\" f\\ g h'i'j \"\" \n"))
        .containsExactly("-a", "b c", "d \"e\" \\x", "f g", "hij", "");
    assertThat(ShellWords.of("")).isEmpty();
    assertThat(ShellWords.of("$HOME `id` $(id) *;|&"))
        .containsExactly("$HOME", "`id`", "$(id)", "*;|&");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'", "a 'b", "\"", "a\\"})
  void aQuoteThatIsLeftOpenIsRefused(String line) {
    assertThatThrownBy(() -> ShellWords.of(line))
        .isInstanceOf(ActionFailure.class)
        .hasMessageContaining("a quote is left open");
  }

  @Test
  void whatTheOriginalsExamplesSayIsAllowed() {
    assertThat(MagickOptions.of("-resize 700x -density 220 -depth 4 -unsharp 0.5x0.5+0.5+0.03"))
        .hasSize(8);
    assertThat(
            MagickOptions.of(
                "-font helvetica -fill red -draw 'font-size 35; text 75,75 CloudCrowd!'"))
        .containsExactly(
            "-font", "helvetica", "-fill", "red", "-draw", "font-size 35; text 75,75 CloudCrowd!");
    assertThat(MagickOptions.of("-blur 10x5 -monochrome +adjoin -type Palette -background #ff0"))
        .hasSize(8);
    assertThat(MagickOptions.of("-resize 100x100> -crop 10x10+5-3 -extent 50% -resize 9000@"))
        .hasSize(8);
    assertThat(MagickOptions.of(null)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-write /etc/passwd",
        "-profile /etc/passwd",
        "-map secret.gif",
        "-mask secret.gif",
        "-tile secret.gif",
        "-texture secret.gif",
        "-hald-clut secret.png",
        "-font /etc/passwd",
        "-font @/etc/passwd",
        "-comment @/etc/passwd",
        "-comment %d/%f",
        "-label @/etc/passwd",
        "-draw @/etc/passwd",
        "-draw 'image Over 0,0 0,0 \"/etc/passwd\"'",
        "-draw 'IMAGE Over 0,0 0,0 \"/etc/passwd\"'",
        "-draw 'fill url(http://127.0.0.1/x)'",
        "-draw 'text 0,0 \"%[EXIF:*]\"'",
        "-fill @/etc/passwd",
        "-resize @/etc/passwd",
        "-debug all",
        "-log %e",
        "-limit Pixels 1000GP",
        "-define delegate:decode=x",
        "-display host:0",
        "-authenticate x",
        "-set comment @/etc/passwd",
        "-process x",
        "-format x",
        "-list Delegate",
        "-append",
        "-morph 1000000",
        "/etc/passwd",
        "msl:/tmp/x",
        "|id",
        "-",
        "--",
        "+",
        "+profile *"
      })
  void whatReadsWritesOrRunsAnythingElseIsRefused(String line) {
    assertThatThrownBy(() -> MagickOptions.of(line))
        .isInstanceOf(ActionFailure.class)
        .hasMessageMatching(
            "the option .* (is not among those of GraphicsMagick that a job may give|may not have"
                + " the value .*)");
  }

  @Test
  void anOptionThatLacksItsValueIsRefused() {
    assertThatThrownBy(() -> MagickOptions.of("-blur 1x1 -resize"))
        .hasMessage("the option -resize lacks its value");
  }
}
