/**
 * What a job may have GraphicsMagick do. Options come from whoever can post a job, and pictures
 * from anywhere: neither may make it read or write another file, run a program, or fill the
 * machine.
 */
package org.cloudcrowd.action.magick;
