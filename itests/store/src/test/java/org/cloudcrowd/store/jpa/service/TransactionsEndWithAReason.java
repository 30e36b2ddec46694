package org.cloudcrowd.store.jpa.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.cloudcrowd.itests.store.OnEveryDatabase;
import org.cloudcrowd.itests.store.TestDatabase;
import org.cloudcrowd.store.StoreException;
import org.cloudcrowd.store.jpa.database.Transactions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

@OnEveryDatabase
class TransactionsEndWithAReason {
  @Parameter TestDatabase database;
  private Transactions transactions;

  @BeforeEach
  void open() throws Exception {
    transactions = database.shared().transactions();
  }

  private int triesOf(String state) {
    var tries = new AtomicInteger();
    assertThatThrownBy(
            () ->
                transactions.run(
                    "count",
                    entities -> {
                      tries.incrementAndGet();
                      throw new PersistenceException(new SQLException("gone", state));
                    }))
        .isInstanceOf(StoreException.class)
        .hasMessage("The database could not count: gone");
    return tries.get();
  }

  /** A driver whose database was killed says so without a state. */
  @Test
  void aFailureWithoutAStateIsSaidOnce() {
    assertThat(triesOf(null)).isEqualTo(1);
    assertThat(triesOf("08006")).isEqualTo(1);
  }

  @Test
  void whatWasEndedForAnothersSakeIsTriedAgain() {
    assertThat(triesOf("40001")).isEqualTo(10);
  }

  @Test
  void readersDoNotWaitForAWriter() throws Exception {
    var writing = new CountDownLatch(1);
    var read = new CountDownLatch(1);
    var writer =
        new Thread(
            () ->
                transactions.run(
                    "write",
                    entities -> {
                      writing.countDown();
                      try {
                        read.await();
                      } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                      }
                      return null;
                    }));
    writer.start();
    writing.await();

    assertThat(transactions.<Integer>read("read", entities -> 7)).isEqualTo(7);
    read.countDown();
    writer.join();
  }
}
