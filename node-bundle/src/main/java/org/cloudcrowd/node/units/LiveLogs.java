package org.cloudcrowd.node.units;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cloudcrowd.node.server.NodeIdentity;
import org.cloudcrowd.node.server.ServerLink;
import org.cloudcrowd.protocol.node.AttemptLog;
import org.cloudcrowd.protocol.node.LogReport;
import org.cloudcrowd.protocol.unit.Lease;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the server what running units have printed, so that it can be read while they run. */
final class LiveLogs {
  private static final Logger log = LoggerFactory.getLogger(LiveLogs.class);

  private final ServerLink server;
  private final NodeIdentity identity;
  private final HeldUnits held;
  private Map<Lease, Long> told = new HashMap<>();

  LiveLogs(ServerLink server, NodeIdentity identity, HeldUnits held) {
    this.server = server;
    this.identity = identity;
    this.held = held;
  }

  void tell() {
    try {
      var news = new ArrayList<AttemptLog>();
      var now = new HashMap<Lease, Long>();
      for (HeldUnit unit : held.running()) {
        var lease = unit.unit().lease();
        long printed = unit.log().printed();
        if (printed > told.getOrDefault(lease, 0L)) {
          news.add(new AttemptLog(lease, printed, unit.log().text()));
        }
        now.put(lease, printed);
      }
      tell(news);
      told = now;
    } catch (IOException e) {
      log.debug("Logs of running units wait for the server: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // The timer would never call again.
      log.error("Logs of running units cannot be told", e);
    }
  }

  /** A log that the server refuses does not keep the others from being sent. */
  private void tell(List<AttemptLog> news) throws IOException, InterruptedException {
    if (news.isEmpty()) {
      return;
    }
    try {
      server.keep(new LogReport(identity.name(), news));
    } catch (ServerLink.RefusedException e) {
      if (news.size() == 1) {
        log.warn("The log of {} is refused by the server: {}", news.get(0).lease(), e.getMessage());
      } else {
        int half = news.size() / 2;
        tell(news.subList(0, half));
        tell(news.subList(half, news.size()));
      }
    }
  }
}
