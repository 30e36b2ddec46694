/**
 * Processes configurations between the files of {@code etc/} and the components: overrides of the
 * command line, former keys, and the check of every value against its bundle's Metatype.
 */
package org.cloudcrowd.configuration;
