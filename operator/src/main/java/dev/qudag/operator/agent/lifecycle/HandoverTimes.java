package dev.qudag.operator.agent.lifecycle;

import java.time.Duration;

/**
 * How long the last snapshot of a pod may take to reach the hub, from the deletion of the pod on.
 *
 * <pre>
 * deleted ──GRACE──▶ stopped ──PATIENCE_WITHOUT_HUB──▶ handover pod made ──HANDOVER_START──▶ it runs ──HANDOVER_POD──▶ ended
 * </pre>
 */
public final class HandoverTimes {
  /**
   * What the sidecar has before the kubelet kills it. The kubelet counts from the deletion of the
   * pod and ends the sidecar last (KEP-753), so within it the agent ends, the files become a
   * snapshot, and the hub takes it.
   */
  public static final Duration GRACE = Duration.ofSeconds(45);

  /**
   * How long the sidecar tries to hand over: the other 20 s of the grace are the agent's, to end,
   * and the snapshot's. Longer would be killed half-way; a handover pod then does it anyway.
   */
  public static final Duration SIDECAR = Duration.ofSeconds(25);

  /** The sidecar's own acknowledgement of a stopped pod may still be on its way. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  /** The hub may be starting; after this a handover pod waits for it. */
  static final Duration PATIENCE_WITHOUT_HUB = Duration.ofSeconds(20);

  /** Until the program of a handover pod runs: where the volume is, the image is, too. */
  static final Duration HANDOVER_START = Duration.ofSeconds(25);

  /** Nobody kills a handover pod: it waits for a hub that starts, and brings large bundles. */
  public static final Duration HANDOVER_POD = Duration.ofSeconds(90);

  /** After this nobody waits any more: the first handover pod has had all of its time. */
  static final Duration IN_ALL =
      GRACE.plus(PATIENCE_WITHOUT_HUB).plus(HANDOVER_START).plus(HANDOVER_POD);

  private HandoverTimes() {}
}
