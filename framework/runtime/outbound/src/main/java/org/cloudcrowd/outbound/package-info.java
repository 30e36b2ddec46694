/**
 * Connections to where somebody else has said: the inputs and the receivers of jobs.
 *
 * <p>{@link org.cloudcrowd.outbound.OutboundHttp} makes them under one {@link
 * org.cloudcrowd.outbound.AddressPolicy}, so that nobody reaches by way of a server or a node what
 * they could not reach themselves.
 */
@Export
@Version("1.0.0")
package org.cloudcrowd.outbound;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
