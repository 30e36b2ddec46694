package org.cloudcrowd.store.jpa;

import jakarta.persistence.EntityManager;
import java.time.Clock;
import javax.sql.DataSource;

/** What differs between the databases, each thing in one place. */
interface Engine extends AutoCloseable {
  /** What a person calls this database; no secret is in it. */
  String description();

  /** Opens connections, which the pool keeps. */
  DataSource dataSource();

  /** What EclipseLink is to know of it: a platform's class, or one of its words for them. */
  String platform();

  /** The folder of its migrations, below those of all databases. */
  String migrations();

  /** Whether other processes may use it at the same time. */
  boolean isShared();

  /** How many transactions may change it at the same time without one being ended for another. */
  int writersAtOnce();

  /** The clock of every lease. */
  Clock clock(DataSource pool);

  /** How units are claimed. */
  Claims claims();

  /** How everybody hears that units were queued. */
  QueueSignals signals();

  /** How everybody hears what was changed. */
  ChangeSignals changes();

  /**
   * SQL for the greatest fairness tag of the running units, without waiting for a lock: null where
   * none runs. It goes down work_units_by_state, and reads as many rows as the nodes can hold.
   */
  String tagInService();

  /**
   * Has what a transaction reads of a job from now on be as it is at one moment, until the
   * transaction ends. It comes before anything that the transaction reads of the job.
   */
  void beginSnapshot(EntityManager entities, long jobId);

  /** How much room there is for it, in MiB; the most where this machine cannot tell. */
  long freeMegabytes();

  /** Begins what goes on beside the transactions, once the schema is up to date. */
  void open();

  @Override
  void close();
}
