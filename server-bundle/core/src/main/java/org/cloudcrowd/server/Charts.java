package org.cloudcrowd.server;

import java.util.function.Consumer;
import org.cloudcrowd.protocol.server.HistoryView;
import org.cloudcrowd.protocol.server.HistoryView.Sample;
import org.cloudcrowd.protocol.server.TimeLineView;
import org.cloudcrowd.protocol.server.UnitStatesView;
import org.osgi.annotation.versioning.ProviderType;

/** What pictures are drawn of. May be used by any number of threads. */
@ProviderType
public interface Charts {
  /** How many parts the lanes of a time line have. */
  int BUCKETS = 240;

  /** Where all units of a job are, or null if there is no such job. */
  UnitStatesView states(long jobId);

  /** When which node was busy with a job, or null if there is no such job. */
  TimeLineView timeLine(long jobId);

  /** How the cluster was lately. */
  HistoryView history();

  /**
   * Has somebody hear of each sample when it is taken, on the thread that takes it.
   *
   * @return ends that
   */
  Runnable onSample(Consumer<Sample> listener);
}
