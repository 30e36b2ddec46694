package org.cloudcrowd.itests.cluster.faults;

/** What is done to a cluster. */
enum Fault {
  KILL_WORKER,
  KILL_NODE,
  STOP_NODE,
  KILL_SERVER,
  KILL_DATABASE,
  CUT_SERVER,
  CUT_NODE,
  LOSE_REPLIES_OF_SERVER,
  LOSE_REPLIES_OF_NODE,
  SLOW_SERVER
}
