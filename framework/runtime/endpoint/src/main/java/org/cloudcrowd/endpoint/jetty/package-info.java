/** Endpoints as instances of the Felix HTTP service on Jetty. */
package org.cloudcrowd.endpoint.jetty;
