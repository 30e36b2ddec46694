package org.cloudcrowd.server.console;

import org.cloudcrowd.server.ConflictException;
import org.cloudcrowd.server.InvalidRequestException;
import org.cloudcrowd.shell.CommandRefusedException;

/** Turns what the server refuses into what the shell tells. */
final class Answers {
  private Answers() {}

  /** Something that the server is asked for. */
  interface Question<T> {
    T ask() throws InvalidRequestException, ConflictException;
  }

  /** The answer, or what is wrong with the question. */
  static <T> T asked(Question<T> question) {
    try {
      return question.ask();
    } catch (InvalidRequestException | ConflictException e) {
      throw new CommandRefusedException(e);
    }
  }

  /** What was found of a job, or that there is none. */
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
