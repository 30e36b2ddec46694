/** The programs of a CloudCrowd: {@code crowd}, and the worker process. */
package org.cloudcrowd.launcher;
