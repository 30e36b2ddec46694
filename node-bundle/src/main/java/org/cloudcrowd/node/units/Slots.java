package org.cloudcrowd.node.units;

import java.util.concurrent.Semaphore;

/**
 * The slots in which units run. Their number may change; where it falls below the number of running
 * units, units that end free no slot until it fits.
 */
final class Slots {
  private final Resizable free = new Resizable();
  private int size;

  private static final class Resizable extends Semaphore {
    private static final long serialVersionUID = 1L;

    private Resizable() {
      super(0, true);
    }

    @Override
    protected void reducePermits(int reduction) {
      super.reducePermits(reduction);
    }
  }

  synchronized void resize(int changed) {
    if (changed > size) {
      free.release(changed - size);
    } else {
      free.reducePermits(size - changed);
    }
    size = changed;
  }

  void take() throws InterruptedException {
    free.acquire();
  }

  void give() {
    free.release();
  }
}
