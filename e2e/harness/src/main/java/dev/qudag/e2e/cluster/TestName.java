package dev.qudag.e2e.cluster;

import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The short name of a test, as {@code LandingE2E.mergesOnce}, or of its class where there is no
 * test.
 */
final class TestName {

  private TestName() {}

  static String of(ExtensionContext context) {
    String type = context.getRequiredTestClass().getSimpleName();
    return context.getTestMethod().map(Method::getName).map(name -> type + "." + name).orElse(type);
  }
}
