package org.cloudcrowd.itests.cluster;

import org.cloudcrowd.itests.cluster.faults.RealPostgres;
import org.junit.jupiter.api.AfterAll;

/** What Derby takes, another database may refuse: a NUL in a text, for one. */
class NothingThatIsSentBreaksAServerOnPostgres extends NothingThatIsSentBreaksTheServer {
  private RealPostgres postgres;

  @Override
  String[] database() throws Exception {
    postgres = new RealPostgres();
    crowd.configure("org.cloudcrowd.store.cfg", "user", "postgres");
    return new String[] {"--database", postgres.url()};
  }

  @AfterAll
  void stop() throws Exception {
    crowd.close();
    postgres.close();
  }
}
