package org.cloudcrowd.server.assets;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The configuration of the links to files. */
@ObjectClassDefinition(
    name = "CloudCrowd links to assets",
    description = "How clients are told of the files that lie in the filesystem.")
public @interface LinkConfiguration {
  /** The PID. */
  String PID = "org.cloudcrowd.assets.links";

  @AttributeDefinition(
      description =
          "What stands in the outputs of jobs: file, the file: URLs of files, for clients that see"
              + " the directory; server, links by which the server gives them out; auto, file where"
              + " the server listens at loopback alone, and server elsewhere.",
      options = {@Option("auto"), @Option("file"), @Option("server")})
  String links() default "auto";

  @AttributeDefinition(
      description =
          "How long a link is valid, in hours; each time a job is asked for, its links are new.",
      min = "1",
      max = "8760")
  int hours() default 24;

  @AttributeDefinition(
      description =
          "What links are signed with, 32 characters or more that are hard to guess; better a"
              + " variable than the word itself. Servers that share a database need the same. Empty"
              + " is one that the server makes, and keeps in the file below.",
      type = AttributeType.PASSWORD,
      required = false)
  String key() default "";

  @AttributeDefinition(
      name = "key_file",
      description = "The file for the key that the server makes.")
  String key__file();
}
