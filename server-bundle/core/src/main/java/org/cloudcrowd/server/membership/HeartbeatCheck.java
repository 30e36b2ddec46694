package org.cloudcrowd.server.membership;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.cloudcrowd.protocol.node.AdvertisedAction;
import org.cloudcrowd.protocol.node.FileProblem;
import org.cloudcrowd.protocol.node.Heartbeat;
import org.cloudcrowd.protocol.peer.PeerUrl;
import org.cloudcrowd.server.InvalidRequestException;
import org.cloudcrowd.server.config.ActionNames;
import org.cloudcrowd.server.config.Texts;
import org.osgi.framework.Version;

/** Checks heartbeats, since anyone may send one. */
final class HeartbeatCheck {
  private static final int MAX_PROBLEM = 2000;
  private static final int MAX_ACTIONS = 1000;
  private static final int MAX_VERSION = 200;
  private static final int MAX_SCHEMA = 65_536;
  private static final int MAX_CAPACITY = 100_000;
  private static final int MAX_INCARNATION = 64;
  private static final int MAX_TEXT = 255;

  private HeartbeatCheck() {}

  /**
   * Returns the usable part of a heartbeat. An advertised action that is invalid is moved to the
   * problems: the node is live nevertheless.
   *
   * @throws InvalidRequestException if the rest is invalid
   */
  static Heartbeat checked(String name, Heartbeat heartbeat) throws InvalidRequestException {
    check(name, heartbeat);
    var advertised = new ArrayList<AdvertisedAction>();
    var problems = new ArrayList<>(heartbeat.problems());
    for (AdvertisedAction action : heartbeat.actions()) {
      var problem = problem(action);
      if (problem == null) {
        advertised.add(action);
      } else {
        problems.add(new FileProblem("an action", List.of(), problem));
      }
    }
    return advertised.size() == heartbeat.actions().size()
        ? heartbeat
        : heartbeat.advertising(advertised, problems);
  }

  private static String problem(AdvertisedAction action) {
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

  private static void check(String name, Heartbeat heartbeat) throws InvalidRequestException {
    if (!PeerUrl.isAddress(name)) {
      throw new InvalidRequestException(
          "", "a node's name is its address, as in localhost:9063, with a port from 1 to 65535");
    }
    if (heartbeat.incarnation() == null
        || heartbeat.incarnation().isBlank()
        || heartbeat.incarnation().length() > MAX_INCARNATION) {
      throw new InvalidRequestException(
          "/incarnation",
          "incarnation must name this life of the node's process, in 1 to 64 characters");
    }
    Texts.check("/incarnation", heartbeat.incarnation(), MAX_INCARNATION);
    Texts.check("/tag", heartbeat.tag(), MAX_TEXT);
    Texts.check("/busy", heartbeat.busy(), MAX_PROBLEM);
    Texts.check("/pull", heartbeat.pull(), MAX_PROBLEM);
    for (String label : heartbeat.labels()) {
      Texts.check("/labels", label, MAX_TEXT);
    }
    for (var tool : heartbeat.tools().entrySet()) {
      Texts.check("/tools", tool.getKey(), MAX_TEXT);
      Texts.check("/tools", tool.getValue(), MAX_TEXT);
    }
    if (heartbeat.maxWorkers() < 0 || heartbeat.maxWorkers() > MAX_CAPACITY) {
      throw new InvalidRequestException(
          "/max_workers", "max_workers must be from 0 to " + MAX_CAPACITY);
    }
    if (heartbeat.capacity() < 0 || heartbeat.capacity() > MAX_CAPACITY) {
      throw new InvalidRequestException("/capacity", "capacity must be from 0 to " + MAX_CAPACITY);
    }
    if (heartbeat.actions() == null || heartbeat.actions().size() > MAX_ACTIONS) {
      throw new InvalidRequestException(
          "/actions", "actions must be a list of at most " + MAX_ACTIONS);
    }
    if (heartbeat.problems().size() > MAX_ACTIONS
        || heartbeat.problems().stream().anyMatch(HeartbeatCheck::isTooLong)) {
      throw new InvalidRequestException(
          "/problems",
          "problems must be a list of at most "
              + MAX_ACTIONS
              + ", each of a file, its actions and a sentence of at most "
              + MAX_PROBLEM);
    }
    if (heartbeat.bundles() != null
        && (heartbeat.bundles().size() > MAX_ACTIONS
            || heartbeat.bundles().stream()
                .anyMatch(bundle -> bundle == null || bundle.sha256() == null))) {
      throw new InvalidRequestException(
          "/bundles",
          "bundles must be a list of at most " + MAX_ACTIONS + ", each with its sha256");
    }
    if (heartbeat.labels().size() > MAX_ACTIONS || heartbeat.tools().size() > MAX_ACTIONS) {
      throw new InvalidRequestException(
          "/labels", "labels and tools have at most " + MAX_ACTIONS + " entries");
    }
    if (heartbeat.leases() == null
        || heartbeat.leases().contains(null)
        || heartbeat.workers() == null) {
      throw new InvalidRequestException("/leases", "leases and workers must be lists");
    }
    if (heartbeat.running().stream().anyMatch(Objects::isNull)
        || heartbeat.running().size() > heartbeat.leases().size()) {
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
