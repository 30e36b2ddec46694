/** What the server counts. */
package org.cloudcrowd.server.metrics;
