package dev.qudag.operator.node;

/** The ports of every node. */
public final class Ports {
  public static final int GRPC = 7443;
  public static final int HTTP = 9090;

  private Ports() {}
}
