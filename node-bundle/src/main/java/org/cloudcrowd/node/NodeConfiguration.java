package org.cloudcrowd.node;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The configuration of a node. */
@ObjectClassDefinition(name = "CloudCrowd node", description = "How a node runs work units.")
public @interface NodeConfiguration {
  /** The PID of this configuration. */
  String PID = "org.cloudcrowd.node";

  @AttributeDefinition(
      description =
          "The URL of the server that the node reports to, or of several that share a database,"
              + " separated by commas: where one does not answer, the node goes to the next. Empty"
              + " is the server in the same container, which \"crowd up\" always takes.")
  String server() default "http://127.0.0.1:9173/";

  @AttributeDefinition(
      description =
          "The host name or address by which the server reaches this node, with a port where"
              + " another than the node's own leads to it. Empty is the address that the node"
              + " listens at, or this machine's name where that is any.")
  String name() default "";

  @AttributeDefinition(
      description =
          "Which way work comes: push, the server sends it; pull, this node asks for it, over a"
              + " connection that it opens itself; auto, pull where the server cannot reach it.",
      options = {
        @Option(label = "pull where the server cannot reach the node", value = "auto"),
        @Option(label = "the server sends it", value = "push"),
        @Option(label = "the node asks for it", value = "pull")
      })
  String connection() default "auto";

  @AttributeDefinition(description = "What the node is called on the operations page.")
  String tag() default "";

  @AttributeDefinition(
      description =
          "What this node is or has that some actions need, as gpu or trusted, separated by commas:"
              + " an action that requires a label runs on the nodes that have it.")
  String labels() default "";

  @AttributeDefinition(
      name = "max_workers",
      description = "How many work units run at once; 0 is one for each processor.",
      min = "0",
      max = "1000")
  int max__workers() default 0;

  @AttributeDefinition(
      name = "max_load",
      description =
          "The load average of the last minute above which the node takes no more work units; 0 is"
              + " any.",
      min = "0",
      max = "100000")
  double max__load() default 0;

  @AttributeDefinition(
      name = "min_free_memory",
      description =
          "The free memory of the machine, in MiB, below which the node takes no more work units; 0"
              + " is any.",
      min = "0",
      max = "1073741824")
  long min__free__memory() default 0;

  @AttributeDefinition(
      name = "min_free_disk",
      description =
          "The room on the disk of the node's directory, in MiB, below which the node takes no more"
              + " work units; 0 is any.",
      min = "0",
      max = "1073741824")
  long min__free__disk() default 100;

  @AttributeDefinition(
      name = "drain_seconds",
      description =
          "How long a node that is stopped waits for the work units that it runs, in seconds; what"
              + " has not ended by then is given back, and begun anew on another node.",
      min = "0",
      max = "86400")
  int drain__seconds() default 5;

  @AttributeDefinition(
      name = "heartbeat_seconds",
      description =
          "How often the node sends a heartbeat, in seconds; several times within the server's"
              + " lease_seconds.",
      min = "1",
      max = "600")
  int heartbeat__seconds() default 5;

  @AttributeDefinition(
      description = "Where workers and work directories are kept; swept at every start.")
  String directory();

  @AttributeDefinition(
      name = "temp_storage_path",
      description =
          "A directory, such as one on a large or fast disk, for work directories and inputs; in it"
              + " the node makes one of its own. Empty is the directory above.")
  String temp__storage__path() default "";

  @AttributeDefinition(
      name = "actions_directory",
      description = "The folder whose bundles are installed, updated and removed as it changes.")
  String actions__directory();

  @AttributeDefinition(
      name = "deployed_bundles",
      description =
          "Whether the node fetches and installs the bundles that are deployed to the cluster.")
  boolean deployed__bundles() default true;

  @AttributeDefinition(
      name = "log_kilobytes",
      description =
          "How much is kept of what a work unit prints, in thousands of characters: the first lines"
              + " and the last ones; 0 is nothing.",
      min = "0",
      max = "512")
  int log__kilobytes() default 32;

  @AttributeDefinition(
      name = "worker.max_units",
      description = "After how many work units a worker ends; 1 is a fresh process for each.",
      min = "1",
      max = "1000000")
  int worker_max__units() default 100_000;

  @AttributeDefinition(
      name = "worker.idle_seconds",
      description =
          "How long a worker waits for a work unit before it ends, in seconds; one of each action"
              + " stays.",
      min = "1",
      max = "86400")
  int worker_idle__seconds() default 300;

  @AttributeDefinition(
      name = "worker.memory_megabytes",
      description = "The Java heap of a worker, in MiB.",
      min = "16",
      max = "1048576")
  int worker_memory__megabytes() default 256;

  @AttributeDefinition(
      name = "worker.max_memory_megabytes",
      description =
          "The memory that a worker and the programs that it runs may take together, in MiB; a"
              + " worker that takes more is killed with them, and the attempt has failed. 0 is"
              + " any.",
      min = "0",
      max = "1073741824")
  int worker_max__memory__megabytes() default 4096;

  @AttributeDefinition(
      name = "worker.max_directory_megabytes",
      description =
          "How much an attempt may have in its work directory, in MiB, its input among it; what has"
              + " more is killed, and the attempt has failed. 0 is any.",
      min = "0",
      max = "1073741824")
  int worker_max__directory__megabytes() default 10240;

  @AttributeDefinition(
      name = "ruby.report_pause_millis",
      description =
          "How long a result waits, after a server of the Ruby original was told who runs its unit,"
              + " before it is reported, in milliseconds: that server writes it down only then.",
      min = "0",
      max = "60000")
  int ruby_report__pause__millis() default 300;

  @AttributeDefinition(
      name = "worker.tool_minutes",
      description =
          "How much processor time a program that an action runs may take, in minutes; an action"
              + " may allow one more that is known to need it. 0 is any.",
      min = "0",
      max = "525600")
  int worker_tool__minutes() default 10;

  @AttributeDefinition(
      name = "worker.tool_memory_megabytes",
      description =
          "The address space that each process of a program may have that an action runs, in MiB;"
              + " 0 is any.",
      min = "0",
      max = "1073741824")
  int worker_tool__memory__megabytes() default 4096;

  @AttributeDefinition(
      name = "worker.tool_file_megabytes",
      description =
          "How large each file may be that a program writes that an action runs, in MiB; 0 is any.",
      min = "0",
      max = "1073741824")
  int worker_tool__file__megabytes() default 4096;

  @AttributeDefinition(
      name = "worker.start_seconds",
      description = "How long a worker may take to start, in seconds.",
      min = "1",
      max = "3600")
  int worker_start__seconds() default 60;
}
