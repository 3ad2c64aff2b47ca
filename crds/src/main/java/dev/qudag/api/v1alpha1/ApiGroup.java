package dev.qudag.api.v1alpha1;

/** The names that all kinds share. */
public final class ApiGroup {
  /** The API group. */
  public static final String NAME = "qudag.dev";

  /** The version of all kinds. */
  public static final String VERSION = "v1alpha1";

  static final String READY = ".status.conditions[?(@.type==\"Ready\")].status";
  static final String REASON = ".status.conditions[?(@.type==\"Ready\")].reason";

  private ApiGroup() {}
}
