/** Submits, reads and changes jobs. */
package org.cloudcrowd.server.jobs;
