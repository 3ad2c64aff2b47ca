package dev.qudag.node.disk;

/** A volume that is as full as a test says. */
public final class TestingSpace implements VolumeReserve.Space {
  private final long total;
  private volatile long free;

  /** Both in bytes. */
  public TestingSpace(long total, long free) {
    this.total = total;
    this.free = free;
  }

  public VolumeReserve reserve() {
    return new VolumeReserve(this);
  }

  public void free(long bytes) {
    free = bytes;
  }

  @Override
  public long total() {
    return total;
  }

  @Override
  public long free() {
    return free;
  }
}
