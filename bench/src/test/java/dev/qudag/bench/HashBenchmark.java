package dev.qudag.bench;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Security;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The hashes that a digest can name, over 64 KiB, by provider, on one core. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class HashBenchmark {
  static final int BYTES = 64 * 1024;

  @Param({"SUN/SHA-256", "BC/SHA-256", "SUN/SHA3-256", "BC/SHA3-256", "BC/BLAKE3-256"})
  public String hash;

  private final byte[] message = new byte[BYTES];
  private MessageDigest digest;

  @Setup
  public void makeDigest() throws GeneralSecurityException {
    Security.addProvider(new BouncyCastleProvider());
    String[] providerAndName = hash.split("/", -1);
    digest = MessageDigest.getInstance(providerAndName[1], providerAndName[0]);
  }

  @Benchmark
  public byte[] hash() {
    return digest.digest(message);
  }
}
