package dev.qudag.bench;

import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.PostQuantumProvider;
import dev.qudag.crypto.SigningKey;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** ML-DSA-87 over the size of a ballot, by provider, on one core. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SignatureBenchmark {
  @Param({"JDK", "BouncyCastle"})
  public String provider;

  private final byte[] message = new byte[120];
  private SigningKey key;
  private FreshSignatures signatures;

  /** Makes a key by the provider; each provider has a JVM of its own. */
  @Setup
  public void makeKey() {
    System.setProperty(PostQuantumProvider.SETTING, provider);
    key = SigningKey.generate();
    signatures = new FreshSignatures(key, message);
  }

  @Benchmark
  public Bytes sign() {
    return key.sign(message);
  }

  @Benchmark
  public boolean verify() {
    return key.verifyingKey().verify(message, signatures.next());
  }
}
