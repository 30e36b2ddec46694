/** Answers faults with problems in JSON. */
package org.cloudcrowd.server.rest.faults;
