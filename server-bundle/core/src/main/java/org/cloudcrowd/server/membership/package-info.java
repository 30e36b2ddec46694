/** Nodes join by heartbeats, poll, drain, and leave. */
package org.cloudcrowd.server.membership;
