/**
 * The records that travel between a node and its worker processes: one JSON object a line, on the
 * worker's standard input and output. The node first writes a {@link
 * org.cloudcrowd.protocol.worker.WorkerSetup}, the worker answers with {@link
 * org.cloudcrowd.protocol.worker.WorkerReady}, and from then on each {@link
 * org.cloudcrowd.protocol.worker.WorkerOrder} is answered by one {@link
 * org.cloudcrowd.protocol.worker.UnitAnswer}; between its answers a worker writes a {@link
 * org.cloudcrowd.protocol.worker.WorkerBeat} every two seconds. The end of its standard input ends
 * a worker.
 */
@Export
@Version("1.1.0")
package org.cloudcrowd.protocol.worker;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
