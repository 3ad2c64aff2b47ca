package dev.qudag.bench;

import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the JMH benchmarks of this package: {@code target/bench/crypto.json}. */
class CryptoBench {
  @Test
  void measure() throws IOException, RunnerException {
    BenchReport report = BenchReport.open("crypto").condition("hash_bytes", HashBenchmark.BYTES);
    var options =
        new OptionsBuilder()
            .include(SignatureBenchmark.class.getName())
            .include(HashBenchmark.class.getName())
            .forks(1)
            .warmupIterations(4)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(5)
            .measurementTime(TimeValue.seconds(1))
            .build();
    for (RunResult result : new Runner(options).run()) {
      report.put(key(result), result.getPrimaryResult().getScore());
    }
    report.write();
  }

  /** Such as {@code jdk.sign_us} and {@code bc.sha3_256_us}. */
  private static String key(RunResult result) {
    var parameters = result.getParams();
    String of =
        parameters.getParamsKeys().contains("provider")
            ? parameters.getParam("provider") + "." + result.getPrimaryResult().getLabel()
            : parameters.getParam("hash").replace('/', '.').replace('-', '_');
    return of.toLowerCase(Locale.ROOT) + "_us";
  }
}
