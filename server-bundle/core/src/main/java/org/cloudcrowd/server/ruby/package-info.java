/** Ruby nodes: their heartbeats, results and stages, which their protocol lacks. */
package org.cloudcrowd.server.ruby;
