/** Tells the receivers of complete jobs, until they have heard it. */
package org.cloudcrowd.server.callbacks;
