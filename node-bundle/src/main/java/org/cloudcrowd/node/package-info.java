/**
 * A node: its installed actions ({@code actions}), worker processes ({@code workers}), the units
 * that it runs ({@code units}), its connection to the server ({@code server}), and its heartbeats
 * ({@code presence}).
 */
package org.cloudcrowd.node;
