package org.cloudcrowd.action.transcodevideo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.cloudcrowd.action.Action;
import org.cloudcrowd.action.ActionContext;
import org.cloudcrowd.action.ActionDescription;
import org.cloudcrowd.action.ActionFailure;
import org.cloudcrowd.action.ActionName;
import org.cloudcrowd.action.ActionOptionsType;
import org.cloudcrowd.action.RequiresTool;
import org.cloudcrowd.action.transcodevideo.TranscodeVideoOptions.Format;
import org.osgi.service.component.annotations.Component;

/** Makes videos and sounds of other formats of a video, and takes pictures of it. */
@Component
@ActionName("transcode_video")
@ActionDescription(
    "Makes videos and sounds of other formats of videos, and takes pictures of them.")
@ActionOptionsType(type = TranscodeVideoOptions.class)
@RequiresTool(Ffmpeg.PROGRAM)
@RequiresTool(Ffmpeg.PROBE)
public final class TranscodeVideo implements Action {

  @Override
  public Object process(ActionContext context) throws IOException {
    var options = context.options(TranscodeVideoOptions.class);
    if (options.formats().isEmpty() && options.thumbnails() == null) {
      throw new ActionFailure("neither formats nor thumbnails are asked for");
    }
    var video = new Ffmpeg(context, context.inputPath());
    double duration = video.duration();
    var made = new LinkedHashMap<String, Object>();
    made.put("duration", duration);
    var formats = new LinkedHashMap<String, Object>();
    for (Format format : options.formats()) {
      var file =
          context
              .workDirectory()
              .resolve(context.fileName() + "_" + format.name() + "." + format.extension());
      video.transcode(format, file);
      if (formats.put(format.name(), context.save(file)) != null) {
        throw new ActionFailure("two formats are called " + format.name());
      }
    }
    made.put("formats", formats);
    if (options.thumbnails() != null) {
      made.put("thumbnails", pictures(context, video, options));
    }
    return made;
  }

  private static List<Object> pictures(
      ActionContext context, Ffmpeg video, TranscodeVideoOptions options) throws IOException {
    var pictures = new ArrayList<Object>();
    for (Path picture :
        video.pictures(options.thumbnails(), context.workDirectory(), context.fileName())) {
      pictures.add(context.save(picture));
    }
    if (pictures.isEmpty()) {
      var said = context.inputPath().getFileName() + " has no picture to take";
      if (options.formats().isEmpty()) {
        throw new ActionFailure(said);
      }
      // What was made besides is worth having.
      System.err.println(said);
    }
    return pictures;
  }
}
