package dev.qudag.api.v1alpha1;

/** What commits a change brings onto the branch. */
public enum LandingMethod {
  /** One merge commit of the branch and the proposal. */
  Merge,
  /** One commit on the branch, with the merged tree. */
  Squash,
  /** Each commit of the proposal, made again on the branch. */
  Rebase
}
