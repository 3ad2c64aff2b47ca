package dev.qudag.e2e;

/** What agents of tests run in their workspace. */
final class AgentScripts {
  private AgentScripts() {}

  /** Commits one file that is named after the title, unless it has, and pushes once. */
  static String pushes(String title) {
    return "{ [ -e %1$s.txt ] || { echo %1$s > %1$s.txt; git add -A; git commit -qm %1$s; }; git push -q origin HEAD; }"
        .formatted(title);
  }

  /** The same, again and again until the push is taken. */
  static String pushesUntilItIsTaken(String title) {
    return "until " + pushes(title) + "; do sleep 1; done";
  }
}
