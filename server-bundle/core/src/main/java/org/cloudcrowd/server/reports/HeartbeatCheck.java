package org.cloudcrowd.server.reports;

import java.util.Objects;
import org.cloudcrowd.protocol.peer.PeerUrl;
import org.cloudcrowd.protocol.server.ActionOffer;
import org.cloudcrowd.protocol.server.CheckIn;
import org.cloudcrowd.protocol.server.FileProblem;
import org.cloudcrowd.server.InvalidRequestException;
import org.cloudcrowd.server.settings.ActionNames;
import org.osgi.framework.Version;

/** Says what is wrong with a heartbeat: a node is not trusted to be one of ours. */
final class HeartbeatCheck {
  private static final int MAX_PROBLEM = 2000;
  private static final int MAX_ACTIONS = 1000;
  private static final int MAX_VERSION = 200;
  private static final int MAX_SCHEMA = 65_536;
  private static final int MAX_CAPACITY = 100_000;
  private static final int MAX_RUN = 64;

  private HeartbeatCheck() {}

  static void check(String name, CheckIn checkIn) throws InvalidRequestException {
    if (!PeerUrl.isAddress(name)) {
      throw new InvalidRequestException(
          "", "a node's name is its address, as in localhost:9063, with a port from 1 to 65535");
    }
    if (checkIn.run() == null || checkIn.run().isBlank() || checkIn.run().length() > MAX_RUN) {
      throw new InvalidRequestException(
          "/run", "run must name this run of the node's process, in 1 to 64 characters");
    }
    if (checkIn.maxWorkers() < 0 || checkIn.maxWorkers() > MAX_CAPACITY) {
      throw new InvalidRequestException(
          "/max_workers", "max_workers must be from 0 to " + MAX_CAPACITY);
    }
    if (checkIn.capacity() < 0 || checkIn.capacity() > MAX_CAPACITY) {
      throw new InvalidRequestException("/capacity", "capacity must be from 0 to " + MAX_CAPACITY);
    }
    if (checkIn.actions() == null || checkIn.actions().size() > MAX_ACTIONS) {
      throw new InvalidRequestException(
          "/actions", "actions must be a list of at most " + MAX_ACTIONS);
    }
    for (ActionOffer action : checkIn.actions()) {
      if (action == null || !ActionNames.isOne(action.name())) {
        throw new InvalidRequestException("/actions", "an action's name is " + ActionNames.RULE);
      }
      if (!isVersion(action.version())) {
        throw new InvalidRequestException(
            "/actions",
            "an action's version is an OSGi version of at most "
                + MAX_VERSION
                + " characters, as 1.2.0");
      }
      if (action.options() != null && action.options().toString().length() > MAX_SCHEMA) {
        throw new InvalidRequestException(
            "/actions",
            "the schema of an action's options has at most " + MAX_SCHEMA + " characters");
      }
    }
    if (checkIn.problems().size() > MAX_ACTIONS
        || checkIn.problems().stream().anyMatch(HeartbeatCheck::isTooLong)) {
      throw new InvalidRequestException(
          "/problems",
          "problems must be a list of at most "
              + MAX_ACTIONS
              + ", each of a file, its actions and a sentence of at most "
              + MAX_PROBLEM);
    }
    if (checkIn.bundles() != null && checkIn.bundles().size() > MAX_ACTIONS) {
      throw new InvalidRequestException(
          "/bundles", "bundles must be a list of at most " + MAX_ACTIONS);
    }
    if (checkIn.labels().size() > MAX_ACTIONS || checkIn.tools().size() > MAX_ACTIONS) {
      throw new InvalidRequestException(
          "/labels", "labels and tools have at most " + MAX_ACTIONS + " entries");
    }
    if (checkIn.leases() == null || checkIn.leases().contains(null) || checkIn.workers() == null) {
      throw new InvalidRequestException("/leases", "leases and workers must be lists");
    }
    if (checkIn.running().stream().anyMatch(Objects::isNull)
        || checkIn.running().size() > checkIn.leases().size()) {
      throw new InvalidRequestException(
          "/running", "running must be a list of units and the workers that run them");
    }
  }

  private static boolean isVersion(String text) {
    try {
      return text != null
          && text.length() <= MAX_VERSION
          && !Version.parseVersion(text).toString().isEmpty();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isTooLong(FileProblem problem) {
    return problem == null
        || problem.problem() == null
        || problem.problem().length() > MAX_PROBLEM
        || problem.actions() == null
        || problem.actions().size() > MAX_ACTIONS;
  }
}
