package org.cloudcrowd.server.config;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The configuration of how the server treats jobs and nodes. */
@ObjectClassDefinition(
    name = "CloudCrowd server",
    description = "How the server treats jobs and nodes.")
public @interface ServerConfiguration {
  /** The PID of this configuration. */
  String PID = "org.cloudcrowd.server";

  @AttributeDefinition(
      name = "max_attempts",
      description = "How many attempts a work unit has before it is failed.",
      min = "1",
      max = "1000")
  int max__attempts() default 3;

  @AttributeDefinition(
      name = "backoff_millis",
      description =
          "The backoff after a work unit's first failed attempt, in milliseconds; it doubles with"
              + " each, and a fifth of it is left to chance.",
      min = "0",
      max = "86400000")
  long backoff__millis() default 1000;

  @AttributeDefinition(
      name = "max_backoff_seconds",
      description = "The longest backoff before another attempt, in seconds.",
      min = "0",
      max = "86400")
  int max__backoff__seconds() default 300;

  @AttributeDefinition(
      name = "unit_timeout_seconds",
      description =
          "How long an attempt at a work unit may take, in seconds, where its job does not say; 0"
              + " is as long as it wants.",
      min = "0",
      max = "31536000")
  int unit__timeout__seconds() default 86400;

  @AttributeDefinition(
      name = "lease_seconds",
      description =
          "How long a node may be silent before its work units are given to others, in seconds.",
      min = "3",
      max = "3600")
  int lease__seconds() default 15;

  @AttributeDefinition(
      name = "max_node_losses",
      description =
          "How often a work unit may be lost with its node, which fell silent or was restarted,"
              + " before it has failed.",
      min = "1",
      max = "1000")
  int max__node__losses() default 3;

  @AttributeDefinition(
      name = "quarantine_after",
      description =
          "How many work units in a row must fail on a node and succeed on another before the node"
              + " is quarantined for a while; 0 is never.",
      min = "0",
      max = "1000000")
  int quarantine__after() default 3;

  @AttributeDefinition(
      name = "quarantine_seconds",
      description = "How long a node is quarantined, in seconds.",
      min = "1",
      max = "86400")
  int quarantine__seconds() default 60;

  @AttributeDefinition(
      name = "dispatch_timeout_seconds",
      description = "How long a node may take to answer a dispatch, in seconds.",
      min = "1",
      max = "600")
  int dispatch__timeout__seconds() default 10;

  @AttributeDefinition(
      name = "public_url",
      description =
          "The URL by which clients reach this server, where that is another than the one it"
              + " listens at. With one, the server does not count as one that only its own machine"
              + " can reach.")
  String public__url() default "";

  @AttributeDefinition(
      name = "job_retention_days",
      description =
          "How long complete jobs are kept, in days, before they are deleted with their files; 0 is"
              + " for ever.",
      min = "0",
      max = "36500")
  double job__retention__days() default 0;

  @AttributeDefinition(
      name = "max_requests",
      description =
          "How many requests are worked on at once; more are answered 503 at once, so that"
              + " /health, /metrics and /heartbeat always are. It should be less than max_threads"
              + " of the endpoint.",
      min = "1",
      max = "10000")
  int max__requests() default 48;

  @AttributeDefinition(
      name = "accept_unknown_actions",
      description =
          "Whose jobs of actions that are not known are accepted while no node has reported: they"
              + " wait until a node advertises the action. forms are those of Ruby clients; all; or"
              + " none.",
      options = {
        @Option(label = "those that Ruby clients post as forms", value = "forms"),
        @Option(label = "all", value = "all"),
        @Option(label = "none", value = "none")
      })
  String accept__unknown__actions() default "forms";

  @AttributeDefinition(
      name = "max_inputs",
      description = "How many inputs a job may have.",
      min = "1",
      max = "10000000")
  int max__inputs() default 1_000_000;

  @AttributeDefinition(
      name = "max_bundle_megabytes",
      description = "How large a bundle may be that is deployed, in MiB.",
      min = "1",
      max = "2000")
  int max__bundle__megabytes() default 64;

  @AttributeDefinition(
      name = "deploy_from",
      description =
          "From where bundles are deployed and undeployed, which is to run code on every node:"
              + " local, from this machine alone; anywhere; nowhere.",
      options = {
        @Option(label = "this machine alone", value = "local"),
        @Option(label = "anywhere", value = "anywhere"),
        @Option(label = "nowhere", value = "nowhere")
      })
  String deploy__from() default "local";
}
