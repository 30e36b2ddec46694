package org.cloudcrowd.store.jpa.lifecycle;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cloudcrowd.protocol.unit.Lease;
import org.cloudcrowd.store.state.UnitState;

/**
 * Ends the leases of units that have succeeded: one guarded update for each, all in one batch. JPA
 * has no batch that tells how many rows each of its updates has changed, which tells whether the
 * lease was current; one query for each took three quarters of the time of a busy server.
 */
final class CompleteSuccesses {
  private static final String SUCCEED =
      """
      update work_units
      set state = 'SUCCEEDED', output_json = ?, node = null, lease_token = null, lease_ends = null
      where id = ? and attempt = ? and lease_token = ? and state = 'RUNNING'
      """;

  private final Connection connection;

  CompleteSuccesses(EntityManager entities) {
    connection = entities.unwrap(Connection.class);
  }

  /**
   * Ends those of the leases that are still current.
   *
   * @param outputs what the units have returned, by their leases
   * @return the leases that were ended
   */
  Set<Lease> end(Map<Lease, String> outputs) {
    var leases = List.copyOf(outputs.keySet());
    try (var update = connection.prepareStatement(SUCCEED)) {
      for (Lease lease : leases) {
        UnitState.RUNNING.changeTo(UnitState.SUCCEEDED, lease.unitId());
        update.setString(1, outputs.get(lease));
        update.setLong(2, lease.unitId());
        update.setInt(3, lease.attempt());
        update.setString(4, lease.token());
        update.addBatch();
      }
      var counts = update.executeBatch();
      var ended = new HashSet<Lease>();
      for (int i = 0; i < counts.length; i++) {
        if (counts[i] == 1) {
          ended.add(leases.get(i));
        }
      }
      return ended;
    } catch (SQLException e) {
      throw new PersistenceException(e);
    }
  }
}
