package org.cloudcrowd.server.health;

import java.util.concurrent.Semaphore;
import org.cloudcrowd.server.Admission;
import org.cloudcrowd.server.config.ServerSettings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

@Component
public final class RequestAdmission implements Admission {
  private final Semaphore places;

  @Activate
  public RequestAdmission(@Reference ServerSettings settings) {
    places = new Semaphore(settings.configuration().max__requests());
  }

  @Override
  public boolean enter() {
    return places.tryAcquire();
  }

  @Override
  public void leave() {
    places.release();
  }
}
