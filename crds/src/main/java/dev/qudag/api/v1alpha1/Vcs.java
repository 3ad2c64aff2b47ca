package dev.qudag.api.v1alpha1;

/** Which version control keeps a workspace's own history. */
public enum Vcs {
  /**
   * Every change is snapshotted by jj in the sidecar, invisible to the agent, beside its plain Git.
   */
  Jujutsu,
  /** Plain Git: only what the agent commits is kept. */
  Git
}
