package org.cloudcrowd.server.reports;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.cloudcrowd.protocol.peer.PeerUrl;
import org.cloudcrowd.protocol.server.ActionOffer;
import org.cloudcrowd.protocol.server.CheckIn;
import org.cloudcrowd.protocol.server.FileProblem;
import org.cloudcrowd.server.InvalidRequestException;
import org.cloudcrowd.server.settings.ActionNames;
import org.cloudcrowd.server.settings.Texts;
import org.osgi.framework.Version;

/** Says what is wrong with a heartbeat: a node is not trusted to be one of ours. */
final class HeartbeatCheck {
  private static final int MAX_PROBLEM = 2000;
  private static final int MAX_ACTIONS = 1000;
  private static final int MAX_VERSION = 200;
  private static final int MAX_SCHEMA = 65_536;
  private static final int MAX_CAPACITY = 100_000;
  private static final int MAX_RUN = 64;
  private static final int MAX_TEXT = 255;

  private HeartbeatCheck() {}

  /**
   * What is taken of a heartbeat. An offer that nothing could be made of is left out, and stands
   * among the problems: it is no reason to take the node for silent.
   *
   * @throws InvalidRequestException if the rest of it cannot be taken
   */
  static CheckIn checked(String name, CheckIn checkIn) throws InvalidRequestException {
    check(name, checkIn);
    var offered = new ArrayList<ActionOffer>();
    var problems = new ArrayList<>(checkIn.problems());
    for (ActionOffer action : checkIn.actions()) {
      var problem = problem(action);
      if (problem == null) {
        offered.add(action);
      } else {
        problems.add(new FileProblem("an action", List.of(), problem));
      }
    }
    return offered.size() == checkIn.actions().size()
        ? checkIn
        : checkIn.offering(offered, problems);
  }

  private static String problem(ActionOffer action) {
    if (action == null || !ActionNames.isOne(action.name())) {
      return "it is left out: the name of an action is " + ActionNames.RULE;
    }
    if (!isVersion(action.version())) {
      return action.name()
          + " is left out: its version is no OSGi version of at most "
          + MAX_VERSION
          + " characters, as 1.2.0";
    }
    if (action.options() != null && action.options().toString().length() > MAX_SCHEMA) {
      return action.name()
          + " is left out: the schema of its options has more than "
          + MAX_SCHEMA
          + " characters";
    }
    return null;
  }

  private static void check(String name, CheckIn checkIn) throws InvalidRequestException {
    if (!PeerUrl.isAddress(name)) {
      throw new InvalidRequestException(
          "", "a node's name is its address, as in localhost:9063, with a port from 1 to 65535");
    }
    if (checkIn.run() == null || checkIn.run().isBlank() || checkIn.run().length() > MAX_RUN) {
      throw new InvalidRequestException(
          "/run", "run must name this run of the node's process, in 1 to 64 characters");
    }
    Texts.check("/run", checkIn.run(), MAX_RUN);
    Texts.check("/tag", checkIn.tag(), MAX_TEXT);
    Texts.check("/busy", checkIn.busy(), MAX_PROBLEM);
    Texts.check("/pull", checkIn.pull(), MAX_PROBLEM);
    for (String label : checkIn.labels()) {
      Texts.check("/labels", label, MAX_TEXT);
    }
    for (var tool : checkIn.tools().entrySet()) {
      Texts.check("/tools", tool.getKey(), MAX_TEXT);
      Texts.check("/tools", tool.getValue(), MAX_TEXT);
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
    if (checkIn.problems().size() > MAX_ACTIONS
        || checkIn.problems().stream().anyMatch(HeartbeatCheck::isTooLong)) {
      throw new InvalidRequestException(
          "/problems",
          "problems must be a list of at most "
              + MAX_ACTIONS
              + ", each of a file, its actions and a sentence of at most "
              + MAX_PROBLEM);
    }
    if (checkIn.bundles() != null
        && (checkIn.bundles().size() > MAX_ACTIONS
            || checkIn.bundles().stream()
                .anyMatch(bundle -> bundle == null || bundle.sha256() == null))) {
      throw new InvalidRequestException(
          "/bundles",
          "bundles must be a list of at most " + MAX_ACTIONS + ", each with its sha256");
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
