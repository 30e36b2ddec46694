package org.cloudcrowd.server.health;

import java.util.concurrent.Semaphore;
import org.cloudcrowd.server.Admission;
import org.cloudcrowd.server.settings.ServerConfiguration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;

@Component(
    configurationPid = ServerConfiguration.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class RequestAdmission implements Admission {
  private final Semaphore places;

  @Activate
  public RequestAdmission(ServerConfiguration configuration) {
    places = new Semaphore(configuration.max__requests());
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
