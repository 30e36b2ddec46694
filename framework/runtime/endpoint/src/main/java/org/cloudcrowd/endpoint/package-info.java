/**
 * HTTP servers at addresses and ports of their own, so that a server and a node in one container
 * listen apart.
 *
 * <p>A file {@code etc/org.cloudcrowd.endpoint-NAME.cfg} opens one; its {@link
 * org.cloudcrowd.endpoint.Endpoint} is a service while it is open. Servlets belong to it by the
 * whiteboard target {@code (org.apache.felix.http.name=NAME)}, and a condition with the id {@code
 * org.cloudcrowd.servlet.SERVLET} says of each when it answers. Until the condition {@link
 * org.cloudcrowd.endpoint.Endpoint#ANSWERS} is registered for it, an endpoint answers 503. Only
 * this bundle implements an endpoint.
 */
@Export
@Version("1.1.0")
package org.cloudcrowd.endpoint;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
