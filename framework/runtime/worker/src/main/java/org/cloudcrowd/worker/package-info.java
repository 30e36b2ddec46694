/**
 * The worker process.
 *
 * <p>{@link org.cloudcrowd.worker.NodeChannel} speaks with the node on the process's standard
 * streams, {@link org.cloudcrowd.worker.Setup} configures the container as the node says, and
 * {@link org.cloudcrowd.worker.UnitLoop} makes one attempt after the other. It does not depend on
 * the server or the node.
 */
package org.cloudcrowd.worker;
