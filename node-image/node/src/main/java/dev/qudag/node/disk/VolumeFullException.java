package dev.qudag.node.disk;

import java.io.IOException;

/** Something new would take what a volume keeps for what has been accepted. Mended by room. */
public final class VolumeFullException extends IOException {
  private static final long serialVersionUID = 1;

  public VolumeFullException(String message) {
    super(message);
  }
}
