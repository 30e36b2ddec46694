package org.cloudcrowd.node.server;

import java.io.IOException;
import java.time.Duration;
import org.cloudcrowd.protocol.node.Heartbeat;
import org.cloudcrowd.protocol.node.HeartbeatReply;
import org.cloudcrowd.protocol.node.LogReport;
import org.cloudcrowd.protocol.node.ReportReply;
import org.cloudcrowd.protocol.node.ResultReport;

/** How a node talks to one kind of server. May be used by any number of threads. */
interface ServerProtocol {
  /**
   * Tells a server of this node.
   *
   * @param timeout how long the answer may take
   * @throws IOException if the server did not answer, or not as a server does
   */
  HeartbeatReply heartbeat(String node, Heartbeat heartbeat, Duration timeout)
      throws IOException, InterruptedException;

  /**
   * Sends results.
   *
   * @throws ServerLink.RefusedException if the server will never accept them
   * @throws IOException if the server did not answer, or not as a server does
   */
  ReportReply report(ResultReport report) throws IOException, InterruptedException;

  /**
   * Sends what running units have printed, where the server stores logs.
   *
   * @throws ServerLink.RefusedException if the server will never accept it
   * @throws IOException if the server did not answer, or not as a server does
   */
  void keep(LogReport report) throws IOException, InterruptedException;
}
