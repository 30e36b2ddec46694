/** Delivers the callbacks of complete jobs. */
package org.cloudcrowd.server.callbacks;
