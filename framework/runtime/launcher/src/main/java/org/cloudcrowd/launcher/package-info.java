/** The main class of the worker process. */
package org.cloudcrowd.launcher;
