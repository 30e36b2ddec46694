/** Processes the messages of nodes: heartbeats, results and logs. */
package org.cloudcrowd.server.reports;
