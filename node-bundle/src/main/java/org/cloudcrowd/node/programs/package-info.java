/**
 * Programs as actions: a folder, a zip or a single executable with a manifest becomes a bundle, the
 * bundle becomes an action, and its units run in processes of the program.
 */
package org.cloudcrowd.node.programs;
