package org.cloudcrowd.server;

import org.cloudcrowd.protocol.ruby.RubyCheckIn;
import org.cloudcrowd.protocol.ruby.RubyResult;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The Ruby nodes, which have no leases: the server renews those of their units. May be used by any
 * number of threads.
 */
@ProviderType
public interface RubyNodes {

  /**
   * Registers or refreshes a node.
   *
   * @param name its name and address, {@code host:port}
   * @throws InvalidRequestException if the name is no address, or an action's name is none
   */
  void checkIn(String name, RubyCheckIn checkIn) throws InvalidRequestException;

  /**
   * Counts a result.
   *
   * @return false where it is rejected, because the worker does not have the unit (any more)
   */
  boolean report(RubyResult result) throws InvalidRequestException;
}
