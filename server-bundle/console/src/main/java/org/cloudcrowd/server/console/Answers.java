package org.cloudcrowd.server.console;

import org.cloudcrowd.server.ConflictException;
import org.cloudcrowd.server.InvalidRequestException;
import org.cloudcrowd.shell.CommandRefusedException;

/** Converts exceptions of the server to refusals of shell commands. */
final class Answers {
  private Answers() {}

  /** A call of the server. */
  interface Question<T> {
    T ask() throws InvalidRequestException, ConflictException;
  }

  /** Returns the answer, or throws the refusal. */
  static <T> T asked(Question<T> question) {
    try {
      return question.ask();
    } catch (InvalidRequestException | ConflictException e) {
      throw new CommandRefusedException(e);
    }
  }

  /** Returns what was found of a job, or throws that there is none. */
  static <T> T found(T thing, long job) {
    if (thing == null) {
      throw noSuchJob(job);
    }
    return thing;
  }

  static CommandRefusedException noSuchJob(long id) {
    return new CommandRefusedException("there is no job " + id);
  }
}
