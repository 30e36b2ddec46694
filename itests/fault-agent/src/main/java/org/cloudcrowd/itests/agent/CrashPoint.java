package org.cloudcrowd.itests.agent;

import java.util.Arrays;
import java.util.Locale;

/**
 * A place between something that is done for good and the next thing that depends on it: a commit
 * and the request or answer that tells of it, a request that was sent and what is made of its
 * answer, a file that was written and the record of it.
 */
public enum CrashPoint {
  // The server, after a commit and before anybody hears of it.
  COMMITTED_STORE_THE_JOB,
  COMMITTED_CLAIM_WORK_UNITS,
  COMMITTED_ACCEPT_RESULTS,
  COMMITTED_STORE_LOGS,
  COMMITTED_RENEW_LEASES,
  COMMITTED_RELEASE_LEASES,
  COMMITTED_ADOPT_LEASES,
  COMMITTED_TAKE_WORK_UNITS_BACK,
  COMMITTED_LEASE_A_WORK_UNIT_AGAIN,
  COMMITTED_EXPIRE_LEASES,
  COMMITTED_END_THE_LEASES_THAT_A_NODE_NO_LONGER_HAS,
  COMMITTED_END_THE_LEASES_OF_A_NODE_THAT_LEAVES,
  COMMITTED_QUEUE_DELAYED_WORK_UNITS,
  COMMITTED_QUEUE_THROTTLED_WORK_UNITS,
  COMMITTED_RECORD_A_NODES_HEARTBEAT,
  COMMITTED_RECORD_A_NODES_ACTIONS,
  COMMITTED_FORGET_VERSIONS_THAT_NO_NODE_ADVERTISES,
  COMMITTED_FORGET_A_VERSION_RANGE,
  COMMITTED_CHANGE_THE_ELIGIBILITY_OF_A_NODE,
  COMMITTED_CHANGE_A_NODES_WORKERS,
  COMMITTED_FORGET_A_NODE,
  COMMITTED_FORGET_NODES,
  COMMITTED_BEGIN_THE_JOB,
  COMMITTED_GIVE_THE_JOB_ITS_ACTION,
  COMMITTED_REFUSE_THE_ACTION,
  COMMITTED_CANCEL_THE_JOB,
  COMMITTED_RETRY_THE_JOB,
  COMMITTED_DELETE_THE_JOB,
  COMMITTED_RECORD_THAT_FILES_WERE_DELETED,
  COMMITTED_DEPLOY_A_BUNDLE,
  COMMITTED_UNDEPLOY_A_BUNDLE,
  COMMITTED_PUT_AN_ACTION_ON_THE_BLACKLIST,
  COMMITTED_TAKE_AN_ACTION_OFF_THE_BLACKLIST,
  COMMITTED_STORE_A_SCHEDULE,
  COMMITTED_CHANGE_A_SCHEDULE,
  COMMITTED_RECORD_A_RUN_OF_A_SCHEDULE,
  COMMITTED_DELETE_A_SCHEDULE,
  COMMITTED_TAKE_CALLBACKS,
  COMMITTED_RECORD_A_TRY_OF_A_CALLBACK,
  COMMITTED_QUEUE_THE_CALLBACK,
  COMMITTED_DELETE_A_JOB_THAT_ITS_RECEIVER_HAS_TAKEN_OVER,
  /** The server, after a dispatch was begun and before its answer. */
  SENT("org.cloudcrowd.server.transports.HttpPush", "send"),
  /** The server, after a deleted job's files were removed and before that is recorded. */
  FILES_DELETED("org.cloudcrowd.assets.filesystem.FilesystemAssetStore", "deleteJob"),
  /** The same, of an attempt whose result was not accepted. */
  ATTEMPTS_FILES_DELETED("org.cloudcrowd.assets.filesystem.FilesystemAssetStore", "deleteAttempt"),
  /** The node, after it took units and before it says so. */
  UNITS_TAKEN("org.cloudcrowd.node.units.HeldUnits", "take"),
  /** The node, after a worker answered and before its result is reported. */
  WORKER_ANSWERED("org.cloudcrowd.node.workers.Worker", "run"),
  /** The node, after the server has accepted a result and before the node forgets it. */
  RESULT_REPORTED("org.cloudcrowd.node.server.ServerLink", "report"),
  /** The node, after the server has heard a heartbeat and before the node acts on the answer. */
  HEARTBEAT_ANSWERED("org.cloudcrowd.node.server.ServerLink", "heartbeat"),
  /** The worker, after it stored a file and before its unit has an output that names it. */
  FILE_SAVED("org.cloudcrowd.worker.AttemptContext", "save"),
  /** The worker, after its stage ended and before it says so. */
  STAGE_ENDED("org.cloudcrowd.worker.StageRunner", "run");

  private static final String COMMITTED = "COMMITTED_";

  private final String type;
  private final String method;

  CrashPoint() {
    this(null, null);
  }

  CrashPoint(String type, String method) {
    this.type = type;
    this.method = method;
  }

  /** The class that it lies in; null for the points after a commit. */
  public String type() {
    return type;
  }

  /** The method at whose end it lies; null for the points after a commit. */
  public String method() {
    return method;
  }

  /** The name of the point after a transaction, whose description may name a job by its number. */
  static String afterCommit(String transaction) {
    return COMMITTED
        + transaction
            .replace("'", "")
            .replaceAll(" of job [0-9]+", "")
            .replaceAll("job [0-9]+", "the job")
            .toUpperCase(Locale.ROOT)
            .replace(' ', '_');
  }

  /** Whether it lies after a commit. */
  public boolean isAfterCommit() {
    return type == null;
  }

  /** The points that do not lie after a commit. */
  static CrashPoint[] ofClasses() {
    return Arrays.stream(values()).filter(point -> point.type != null).toArray(CrashPoint[]::new);
  }
}
