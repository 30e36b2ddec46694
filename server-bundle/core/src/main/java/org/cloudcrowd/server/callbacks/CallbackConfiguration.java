package org.cloudcrowd.server.callbacks;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of callbacks. */
@ObjectClassDefinition(
    name = "CloudCrowd callbacks",
    description = "How the receivers of complete jobs are told.")
public @interface CallbackConfiguration {
  /** The PID of this configuration. */
  String PID = "org.cloudcrowd.callbacks";

  @AttributeDefinition(
      description =
          "What callbacks are signed with, as in the Standard Webhooks: whsec_ and 24 to 64 bytes"
              + " in base64; better a variable than the word itself, such as"
              + " ${env:CROWD_CALLBACK_SECRET}. Without one, callbacks are not signed.",
      type = AttributeType.PASSWORD)
  String secret() default "";

  @AttributeDefinition(
      description =
          "The addresses that are connected to, separated by commas: public, the internet's;"
              + " private, of internal networks; loopback, this machine's own; local, loopback"
              + " where this server listens at loopback alone; or a network, such as 10.1.0.0/16.")
  String[] addresses() default {"public", "local"};

  @AttributeDefinition(
      name = "timeout_seconds",
      description = "How long a receiver may take to answer, in seconds.",
      min = "1",
      max = "600")
  int timeout__seconds() default 15;

  @AttributeDefinition(
      name = "backoff_seconds",
      description =
          "The backoff after the first attempt that the receiver did not accept, in seconds; it"
              + " doubles with each, and a fifth of it is left to chance.",
      min = "1",
      max = "86400")
  int backoff__seconds() default 5;

  @AttributeDefinition(
      name = "max_backoff_seconds",
      description = "The longest backoff before another attempt, in seconds.",
      min = "1",
      max = "604800")
  int max__backoff__seconds() default 21600;

  @AttributeDefinition(
      name = "give_up_hours",
      description = "How long a callback is tried before it is given up, in hours.",
      min = "1",
      max = "8760")
  int give__up__hours() default 72;
}
