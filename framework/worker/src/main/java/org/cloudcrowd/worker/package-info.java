/**
 * The inside of a worker process.
 *
 * <p>{@link org.cloudcrowd.worker.NodeChannel} speaks with the node on the process's standard
 * streams, {@link org.cloudcrowd.worker.Setup} configures the container as the node says, and
 * {@link org.cloudcrowd.worker.UnitLoop} makes one attempt after the other. Nothing here knows the
 * server, or how a node chooses what to run.
 */
package org.cloudcrowd.worker;
