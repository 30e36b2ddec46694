package org.cloudcrowd.action;

/**
 * What a web server said of an input that was downloaded.
 *
 * @param status the HTTP status of its answer, 200 to 299: with any other the unit has failed
 * @param type the media type that it named, with its parameters, or null where it named none
 */
public record InputReply(int status, String type) {}
