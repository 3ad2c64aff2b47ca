package dev.qudag.api.v1alpha1;

/** What becomes of a volume when the object that asked for it is deleted. */
public enum Retention {
  /** The volume stays and holds its content; a person removes it. */
  Retain,
  /** The volume goes with its object. */
  Delete
}
