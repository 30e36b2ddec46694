/** Why work does not run. */
package org.cloudcrowd.server.why;
