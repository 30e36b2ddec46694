/** The ways to reach nodes: by HTTP, by their polls, and by the forms of the Ruby original. */
package org.cloudcrowd.server.transports;
