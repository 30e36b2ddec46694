package org.cloudcrowd.store.jpa.database;

import jakarta.persistence.EntityManager;
import java.time.Clock;
import javax.sql.DataSource;

/** What differs between the databases. */
public interface Engine extends AutoCloseable {
  /** The name of this database for people, without secrets. */
  String description();

  /** Opens connections for the pool. */
  DataSource dataSource();

  /** The target database of EclipseLink: the class of a platform, or its name. */
  String platform();

  /** The folder of its migrations, below those of all databases. */
  String migrations();

  /** Whether other processes may use it at the same time. */
  boolean isShared();

  /** How many transactions may change it at the same time without deadlocks. */
  int writersAtOnce();

  /** The clock of every lease. */
  Clock clock(DataSource pool);

  /** How units are claimed. */
  Claims claims();

  /** The signals that units were queued. */
  QueueSignals signals();

  /** The signals about changes. */
  ChangeSignals changes();

  /**
   * SQL for the greatest fairness tag of the running units, without waiting for a lock: null where
   * none runs. It goes down work_units_by_state, and reads as many rows as the nodes can hold.
   */
  String tagInService();

  /**
   * Makes what the transaction reads of a job from now on consistent, as of one moment. Call it
   * before the transaction reads anything of the job.
   */
  void beginSnapshot(EntityManager entities, long jobId);

  /** The free space for it, in MiB; {@link Long#MAX_VALUE} where this machine cannot tell. */
  long freeMegabytes();

  /** Starts the background threads, once the schema is migrated. */
  void open();

  @Override
  void close();
}
