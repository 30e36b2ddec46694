/** Streams of the changes that any server of the cluster has committed. */
package org.cloudcrowd.server.events;
