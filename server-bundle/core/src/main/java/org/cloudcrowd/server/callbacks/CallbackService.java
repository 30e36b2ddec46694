package org.cloudcrowd.server.callbacks;

import java.util.Locale;
import org.cloudcrowd.protocol.job.CallbackView;
import org.cloudcrowd.server.Callbacks;
import org.cloudcrowd.server.ConflictException;
import org.cloudcrowd.store.CallbackQueue;
import org.cloudcrowd.store.CallbackQueue.PastTry;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows callbacks, and queues them again. */
@Component
public final class CallbackService implements Callbacks {
  private static final Logger log = LoggerFactory.getLogger(CallbackService.class);
  private static final double MILLIS_PER_SECOND = 1000.0;

  private final CallbackQueue queue;
  private final CallbackSender sender;

  @Activate
  public CallbackService(@Reference CallbackQueue queue, @Reference CallbackSender sender) {
    this.queue = queue;
    this.sender = sender;
  }

  @Override
  public CallbackView find(long jobId) {
    var callback = queue.find(jobId);
    return callback == null ? null : view(jobId, callback);
  }

  @Override
  public CallbackView sendAgain(long jobId) throws ConflictException {
    CallbackQueue.Callback callback;
    try {
      callback = queue.sendAgain(jobId);
    } catch (IllegalStateException e) {
      throw new ConflictException(e.getMessage(), e);
    }
    if (callback == null) {
      return null;
    }
    log.info("The callback of job {} is sent again", jobId);
    sender.wake();
    return view(jobId, callback);
  }

  private static CallbackView view(long jobId, CallbackQueue.Callback callback) {
    return new CallbackView(
        Receiver.of(callback.address().url()).url().toString(),
        name(callback.address().format()),
        name(callback.state()),
        callback.dueAt() == null ? null : callback.dueAt().toString(),
        callback.tries().stream().map(past -> view(jobId, past)).toList());
  }

  private static CallbackView.TryView view(long jobId, PastTry past) {
    var made = past.made();
    return new CallbackView.TryView(
        CallbackMessage.id(jobId, past.message()),
        made.startedAt().toString(),
        made.took().toMillis() / MILLIS_PER_SECOND,
        made.status() == 0 ? null : made.status(),
        made.fault());
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
