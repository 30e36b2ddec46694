package org.cloudcrowd.server.rest.resources;

import org.cloudcrowd.protocol.ruby.Form;
import org.cloudcrowd.server.InvalidRequestException;

/** Reads the forms of Ruby peers. */
final class Forms {
  private Forms() {}

  static Form read(String body) throws InvalidRequestException {
    try {
      return Form.decode(body);
    } catch (IllegalArgumentException e) {
      throw new InvalidRequestException("", "the body is no form: " + e.getMessage());
    }
  }
}
