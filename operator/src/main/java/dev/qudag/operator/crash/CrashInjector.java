package dev.qudag.operator.crash;

/** What happens at a crash point. A test kills the operator there. */
@FunctionalInterface
public interface CrashInjector {
  /** Nothing happens, at no point: so it is in production. */
  CrashInjector NONE = point -> {};

  /** Is told, on the thread that did the step, that it is done. May not return. */
  void reached(CrashPoint point);
}
