package dev.qudag.api.v1alpha1;

/** How what was certified gets to the Git server outside. */
public enum UpstreamMode {
  /** Onto the branch itself, if it is where it was. */
  Push
}
