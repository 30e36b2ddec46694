/** Explains why units do not run. */
package org.cloudcrowd.server.why;
