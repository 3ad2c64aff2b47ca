package dev.qudag.operator.agent.pod;

/** How long the last snapshot of a pod may take to reach the hub. All in seconds. */
final class HandoverTimes {
  /**
   * What the sidecar has before the kubelet kills it. The kubelet counts from the deletion of the
   * pod and ends the sidecar last (KEP-753), so within it the agent ends, the files become a
   * snapshot, and the hub takes it.
   */
  static final long GRACE = 45;

  /**
   * How long the sidecar tries to hand over: the other 20 s of the grace are the agent's, to end,
   * and the snapshot's. Longer would be killed half-way; a handover pod then does it anyway.
   */
  static final long SIDECAR = 25;

  /** Nobody kills a handover pod: it waits for a hub that starts, and brings large bundles. */
  static final long HANDOVER_POD = 90;

  private HandoverTimes() {}
}
