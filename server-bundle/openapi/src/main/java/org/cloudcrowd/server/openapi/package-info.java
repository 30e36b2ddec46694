/** For the build alone. */
package org.cloudcrowd.server.openapi;
