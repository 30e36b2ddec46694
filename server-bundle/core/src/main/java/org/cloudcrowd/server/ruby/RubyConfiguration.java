package org.cloudcrowd.server.ruby;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of how the server treats Ruby nodes. */
@ObjectClassDefinition(
    name = "CloudCrowd Ruby nodes",
    description = "How the server treats nodes of the Ruby original, which say less than ours.")
public @interface RubyConfiguration {
  /** The PID. */
  String PID = "org.cloudcrowd.ruby";

  @AttributeDefinition(
      description =
          "Which actions of Ruby nodes have more than a process stage, since those do not say:"
              + " names, each with a colon and its other stages, split and merge, as in"
              + " process_pdfs:split+merge, or a name alone where it has neither. What a node of"
              + " ours says of an action goes before.")
  String[] stages() default {"word_count:merge", "process_pdfs:split+merge", "graphics_magick"};

  @AttributeDefinition(
      name = "unit_seconds",
      description =
          "How long a work unit may be with a Ruby node before it is queued again, in seconds;"
              + " twice as long at each further attempt. 0 is as long as its worker takes: nodes of"
              + " 0.7.7 report workers that have died.",
      min = "0",
      max = "31536000")
  int unit__seconds() default 86400;
}
