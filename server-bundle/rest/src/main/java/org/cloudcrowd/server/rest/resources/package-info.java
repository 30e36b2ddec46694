/** The resources of the API. */
package org.cloudcrowd.server.rest.resources;
