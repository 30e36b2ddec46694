package org.cloudcrowd.server;

import java.util.function.Consumer;
import org.cloudcrowd.protocol.job.TimeLineView;
import org.cloudcrowd.protocol.job.UnitStatesView;
import org.cloudcrowd.protocol.server.HistoryView;
import org.cloudcrowd.protocol.server.HistoryView.Sample;
import org.osgi.annotation.versioning.ProviderType;

/** The data of charts. May be used by any number of threads. */
@ProviderType
public interface Charts {
  /** How many buckets a time line has. */
  int BUCKETS = 240;

  /** The states of all units of a job, or null if there is no such job. */
  UnitStatesView states(long jobId);

  /** When which node was busy with a job, or null if there is no such job. */
  TimeLineView timeLine(long jobId);

  /** The samples of the last day. */
  HistoryView history();

  /**
   * Subscribes to samples. The listener is called on the thread that takes them.
   *
   * @return ends the subscription when it is run
   */
  Runnable onSample(Consumer<Sample> listener);
}
