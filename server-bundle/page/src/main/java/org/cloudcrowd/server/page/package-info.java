/** Serves the operations page. */
package org.cloudcrowd.server.page;
