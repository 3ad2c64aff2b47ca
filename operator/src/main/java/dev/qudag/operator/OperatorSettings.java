package dev.qudag.operator;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;

/** What the chart sets, as environment variables {@code QUDAG_…}. */
@ConfigMapping(prefix = "qudag")
public interface OperatorSettings {
  /** Namespace that the operator itself runs in. */
  String operatorNamespace();

  /** Namespaces whose swarms it looks after. */
  List<String> watchNamespaces();

  /** Image of the node program. */
  String nodeImage();

  /** Whether nodes die at points that a test names. */
  @WithDefault("false")
  boolean testCrashPoints();
}
