/** The command {@code crowd}. */
package org.cloudcrowd.cli;
