package org.cloudcrowd.server;

import org.cloudcrowd.protocol.server.ReportReply;
import org.cloudcrowd.protocol.server.ResultReport;
import org.osgi.annotation.versioning.ProviderType;

/** Where nodes bring what their workers made. May be used by any number of threads. */
@ProviderType
public interface Results {

  /**
   * Counts results. When this returns, those that count survive any crash.
   *
   * @return the units whose result was rejected, because their lease was not current
   * @throws InvalidRequestException if a result is not whole; none was accepted then
   */
  ReportReply report(ResultReport report) throws InvalidRequestException;
}
