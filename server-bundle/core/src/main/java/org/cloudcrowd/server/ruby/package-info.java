/** Ruby nodes: the heartbeats, leases and stages that their protocol lacks. */
package org.cloudcrowd.server.ruby;
