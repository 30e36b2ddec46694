/** Filters of requests. */
package org.cloudcrowd.server.rest.filters;
