package org.cloudcrowd.itests.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Runs work in threads that begin together. */
final class AtOnce {
  private AtOnce() {}

  interface Work<T> {
    T run(int thread) throws Exception;
  }

  /** What each thread returned. */
  static <T> List<T> run(int threads, Work<T> work) throws Exception {
    var barrier = new CyclicBarrier(threads);
    var executor = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<T>> calls =
          IntStream.range(0, threads)
              .<Callable<T>>mapToObj(
                  i ->
                      () -> {
                        barrier.await();
                        return work.run(i);
                      })
              .toList();
      var results = new ArrayList<T>();
      for (Future<T> future : executor.invokeAll(calls)) {
        results.add(future.get());
      }
      return results;
    } finally {
      executor.shutdownNow();
    }
  }
}
