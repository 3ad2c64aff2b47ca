package dev.qudag.operator.node;

import dev.qudag.proto.HubState;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.util.Set;
import java.util.function.Function;

/** Turns a change of a hub's state into passes over the objects that it concerns. */
public final class HubEventSource<P extends HasMetadata> extends AbstractEventSource<HubState, P> {
  private static final System.Logger LOG = System.getLogger(HubEventSource.class.getName());

  /**
   * @param concerned the objects to look at again when a swarm's hub told something new: may throw,
   *     then nothing is done
   */
  public HubEventSource(Hubs hubs, Function<HubChange, Set<ResourceID>> concerned) {
    super(HubState.class, "hub");
    hubs.onChange(change -> announce(change, concerned));
  }

  private void announce(HubChange change, Function<HubChange, Set<ResourceID>> concerned) {
    if (!isRunning()) {
      return;
    }
    try {
      concerned.apply(change).forEach(object -> getEventHandler().handleEvent(new Event(object)));
    } catch (RuntimeException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "a change of " + change.swarm() + " was not passed on; the next pass sees it",
          e);
    }
  }

  @Override
  public Set<HubState> getSecondaryResources(P primary) {
    return Set.of();
  }
}
