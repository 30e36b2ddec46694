package org.cloudcrowd.server;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.cloudcrowd.protocol.node.AdvertisedAction;
import org.cloudcrowd.protocol.node.Dispatch;
import org.cloudcrowd.protocol.node.Heartbeat;
import org.cloudcrowd.protocol.node.HeartbeatReply;
import org.cloudcrowd.protocol.node.Poll;
import org.cloudcrowd.protocol.server.NodeView;
import org.cloudcrowd.protocol.server.WorkersRequest;
import org.osgi.annotation.versioning.ProviderType;

/** The nodes that report to this server. May be used by any number of threads. */
@ProviderType
public interface Nodes {

  /**
   * Processes the heartbeat of a node: registers or refreshes the node, renews the leases that it
   * names, and queues the units of its other leases again.
   *
   * @param name the node's name and address, {@code host:port}
   * @throws InvalidRequestException if the name is no address, or the heartbeat is invalid
   */
  HeartbeatReply heartbeat(String name, Heartbeat heartbeat) throws InvalidRequestException;

  /**
   * Processes a poll for units of a node that the server cannot reach.
   *
   * @return completes with a batch when there is work for it, or with null after some seconds
   */
  CompletableFuture<Dispatch> poll(String name, Poll poll);

  /**
   * Processes that a node leaves: its units are queued again.
   *
   * @return whether the node was known
   */
  boolean leave(String name);

  /**
   * Drains a node: it gets no units until it is resumed. The units that it has run to their end.
   *
   * @return the node, or null if it is not known
   */
  NodeView drain(String name);

  /**
   * Resumes a node that was drained or quarantined.
   *
   * @return the node, or null if it is not known
   */
  NodeView resume(String name);

  /**
   * Changes how many work units a node runs at once, until it is changed again.
   *
   * @param maxWorkers from 1 to {@link WorkersRequest#MAX}, or null for what the node is configured
   *     to
   * @return the node, or null if it is not known
   * @throws InvalidRequestException if the number is out of its range
   * @throws ConflictException if it is a Ruby node, whose number cannot be changed
   */
  NodeView changeMaxWorkers(String name, Integer maxWorkers)
      throws InvalidRequestException, ConflictException;

  /**
   * The unit that a worker runs, as far as this server knows.
   *
   * @param name the name of its node
   * @param worker the worker's process id on that node
   * @return the unit's id, or null where none is known
   */
  Long unitOf(String name, long worker);

  /** The nodes whose last heartbeat came within the term of a lease, by name. */
  List<NodeView> live();

  /** The actions that live nodes advertise, by name, and of one name the highest version first. */
  List<AdvertisedAction> actions();
}
