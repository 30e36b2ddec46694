/** What the server knows of its nodes from their heartbeats. */
package org.cloudcrowd.server.nodes;
