package org.cloudcrowd.server;

import org.cloudcrowd.protocol.node.ReportReply;
import org.cloudcrowd.protocol.node.ResultReport;
import org.osgi.annotation.versioning.ProviderType;

/** Accepts the results that nodes report. May be used by any number of threads. */
@ProviderType
public interface Results {

  /**
   * Processes results. When this returns, those that were accepted are stored durably.
   *
   * @return the units whose result was rejected, because their lease was not current
   * @throws InvalidRequestException if a result is invalid; none was accepted then
   */
  ReportReply report(ResultReport report) throws InvalidRequestException;
}
