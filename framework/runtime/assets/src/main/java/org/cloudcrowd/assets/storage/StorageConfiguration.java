package org.cloudcrowd.assets.storage;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Where the files lie. */
@ObjectClassDefinition(
    name = "CloudCrowd assets",
    description = "Where the files lie that actions save.")
public @interface StorageConfiguration {
  /** The PID. */
  String PID = "org.cloudcrowd.assets";

  @AttributeDefinition(
      description =
          "Where they lie: filesystem, in the directory below; s3, where"
              + " etc/org.cloudcrowd.assets.s3.cfg says.",
      options = {@Option("filesystem"), @Option("s3")})
  String storage() default "filesystem";

  @AttributeDefinition(
      description =
          "The directory below which files are kept. It is made where it is missing; every node and"
              + " server of a cluster must see the same.")
  String directory();
}
