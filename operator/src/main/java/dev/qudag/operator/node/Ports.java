package dev.qudag.operator.node;

/** The ports of every node. */
public final class Ports {
  public static final int GRPC = 7443;
  public static final int HTTP = 9090;

  /** Of the hub: trees for checks, by HTTPS. */
  public static final int TREES = 7444;

  private Ports() {}
}
