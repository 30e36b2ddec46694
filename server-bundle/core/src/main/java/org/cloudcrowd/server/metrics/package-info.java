/** The metrics of the server. */
package org.cloudcrowd.server.metrics;
