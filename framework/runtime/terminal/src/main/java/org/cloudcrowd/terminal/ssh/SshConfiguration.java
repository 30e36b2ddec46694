package org.cloudcrowd.terminal.ssh;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of the shell over SSH. */
@ObjectClassDefinition(
    name = "CloudCrowd shell",
    description = "Whether and how the shell can be reached over SSH.")
@interface SshConfiguration {
  /** The PID of this configuration. */
  String PID = "org.cloudcrowd.shell";

  @AttributeDefinition(
      name = "ssh_port",
      description = "The port of the shell over SSH; 0 takes a free one, and -1 opens none.",
      min = "-1",
      max = "65535")
  int ssh__port() default -1;

  @AttributeDefinition(name = "ssh_host", description = "The address that the shell listens at.")
  String ssh__host() default "127.0.0.1";

  @AttributeDefinition(
      description =
          "Where the shell keeps the keys of its own: the host's, and that of crowd shell, which"
              + " whoever may read this directory is let in by.")
  String directory();

  @AttributeDefinition(
      name = "authorized_keys",
      description =
          "A file with the public keys of others who are let in, as ssh has them; it may be"
              + " missing.")
  String authorized__keys() default "";

  @AttributeDefinition(
      description =
          "A password that lets in whoever knows it, of 16 characters or more; better a variable"
              + " than the word itself, such as ${env:CROWD_SHELL_TOKEN}. Without one, only keys"
              + " let in.",
      type = AttributeType.PASSWORD)
  String token() default "";

  @AttributeDefinition(
      name = "idle_minutes",
      description = "How long a session may be idle before it is ended, in minutes.",
      min = "1",
      max = "10080")
  int idle__minutes() default 60;
}
