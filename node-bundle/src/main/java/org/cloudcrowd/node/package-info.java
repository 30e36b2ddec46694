/**
 * A node. Its heartbeats are in {@code presence}, its connection to a server in {@code server}, the
 * bundles that it downloads in {@code deployment}; installed actions are in {@code actions} and
 * {@code programs}, the tools and labels of the machine in {@code capabilities}; the units that it
 * runs are in {@code units}, worker processes in {@code workers}, and process trees with their
 * limits in {@code processes}.
 */
package org.cloudcrowd.node;
