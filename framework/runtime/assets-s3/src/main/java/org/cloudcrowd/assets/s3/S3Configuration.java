package org.cloudcrowd.assets.s3;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The bucket. */
@ObjectClassDefinition(
    name = "CloudCrowd assets on S3",
    description =
        "The bucket in which the files lie, where etc/org.cloudcrowd.assets.cfg chooses s3.")
public @interface S3Configuration {
  /** The PID. */
  String PID = "org.cloudcrowd.assets.s3";

  @AttributeDefinition(
      name = "s3_bucket",
      description = "The bucket, which must be there.",
      required = false)
  String s3__bucket() default "";

  @AttributeDefinition(
      name = "s3_prefix",
      description = "What the names of all objects begin with, such as cloudcrowd/.",
      required = false)
  String s3__prefix() default "";

  @AttributeDefinition(name = "s3_region", description = "The bucket's region.")
  String s3__region() default "us-east-1";

  @AttributeDefinition(
      name = "s3_endpoint",
      description =
          "The URL of the S3 server, for others than Amazon's, such as https://minio.example.com/.",
      required = false)
  String s3__endpoint() default "";

  @AttributeDefinition(
      name = "s3_authentication",
      description =
          "Whether links to files are signed and valid for 24 hours; without, they are plain, and"
              + " for buckets that anybody may read.")
  boolean s3__authentication() default true;

  @AttributeDefinition(
      name = "aws_access_key",
      description = "The id of the access key.",
      required = false)
  String aws__access__key() default "";

  @AttributeDefinition(
      name = "aws_secret_key",
      description = "The secret of the access key; better a variable than the word itself.",
      type = AttributeType.PASSWORD,
      required = false)
  String aws__secret__key() default "";

  @AttributeDefinition(
      name = "aws_session_token",
      description = "The session token, for temporary credentials.",
      type = AttributeType.PASSWORD,
      required = false)
  String aws__session__token() default "";

  @AttributeDefinition(
      name = "part_megabytes",
      description =
          "The size from which a file is sent in several parts, and that of the parts, in MiB; two"
              + " of them are in a worker's memory at once.",
      min = "5",
      max = "512")
  int part__megabytes() default 8;

  @AttributeDefinition(
      name = "timeout_seconds",
      description = "How long the S3 server may be silent, in seconds.",
      min = "1",
      max = "3600")
  int timeout__seconds() default 60;
}
