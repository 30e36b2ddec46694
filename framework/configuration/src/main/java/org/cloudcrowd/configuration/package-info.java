/**
 * What stands between the files of {@code etc/} and the components: the command line's overrides,
 * and the check of every value against its bundle's Metatype.
 */
package org.cloudcrowd.configuration;
