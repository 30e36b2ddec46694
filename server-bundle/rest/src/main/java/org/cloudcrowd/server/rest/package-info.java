/**
 * The server over HTTP: JAX-RS resources on Jersey, as one servlet of the endpoint {@code server}.
 */
package org.cloudcrowd.server.rest;
