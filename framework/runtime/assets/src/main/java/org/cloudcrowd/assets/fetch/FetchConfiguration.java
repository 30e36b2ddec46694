package org.cloudcrowd.assets.fetch;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of which inputs may be downloaded. */
@ObjectClassDefinition(name = "CloudCrowd inputs", description = "What may be fetched as an input.")
public @interface FetchConfiguration {
  /** The PID. */
  String PID = "org.cloudcrowd.inputs";

  @AttributeDefinition(
      description = "The schemes of URLs that are fetched, separated by commas: http, https, file.")
  String[] schemes() default {"http", "https", "file"};

  @AttributeDefinition(
      description =
          "The addresses that are connected to, also by redirects, separated by commas: public, the"
              + " internet's; private, of internal networks; loopback, this machine's own; local,"
              + " loopback where the server itself listens at loopback alone; or a network, such as"
              + " 10.1.0.0/16.")
  String[] addresses() default {"public", "local"};

  @AttributeDefinition(
      name = "file_roots",
      description =
          "The directories below which file: URLs may be read, separated by commas, where the"
              + " server is on the node's own machine. Without any, no file: URL is.")
  String[] file__roots() default {};

  @AttributeDefinition(
      name = "max_megabytes",
      description = "The largest input, in MiB.",
      min = "1",
      max = "1048576")
  int max__megabytes() default 1024;

  @AttributeDefinition(
      name = "max_redirects",
      description = "How many redirects are followed.",
      min = "0",
      max = "50")
  int max__redirects() default 5;

  @AttributeDefinition(
      name = "timeout_seconds",
      description = "How long a server may be silent, in seconds.",
      min = "1",
      max = "3600")
  int timeout__seconds() default 30;

  @AttributeDefinition(
      name = "total_timeout_seconds",
      description = "How long a download may take in all, in seconds.",
      min = "1",
      max = "604800")
  int total__timeout__seconds() default 3600;

  @AttributeDefinition(
      name = "share_downloads",
      description =
          "Whether work units of the same job on a node share one download of the same URL.")
  boolean share__downloads() default true;
}
