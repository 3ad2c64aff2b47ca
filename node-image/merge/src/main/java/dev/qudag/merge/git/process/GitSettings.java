package dev.qudag.merge.git.process;

import dev.qudag.merge.ObjectId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * The whole world that git sees: no system or user configuration, no attributes, no hooks, no
 * network, no terminal.
 *
 * @param program an absolute path, or a name on PATH
 * @param limit of one git process
 * @param maxOutputBytes that one answer may have in memory
 */
public record GitSettings(String program, Duration limit, long maxOutputBytes) {
  public static final GitSettings DEFAULT =
      new GitSettings("git", Duration.ofSeconds(60), 256L * 1024 * 1024);

  /**
   * What a merge's result may depend on; part of the engine digest. Overrides the repository's own
   * configuration.
   */
  public static final Map<String, String> ENGINE =
      Map.ofEntries(
          Map.entry("merge.renames", "true"),
          Map.entry("merge.renameLimit", "7000"),
          Map.entry("merge.directoryRenames", "conflict"),
          Map.entry("merge.renormalize", "false"),
          Map.entry("merge.conflictStyle", "merge"),
          Map.entry("merge.default", "text"),
          Map.entry("diff.renames", "false"),
          Map.entry("core.attributesFile", "/dev/null"),
          Map.entry("core.autocrlf", "false"),
          Map.entry("core.eol", "lf"),
          Map.entry("core.quotePath", "false"),
          Map.entry("core.precomposeUnicode", "false"),
          Map.entry("i18n.commitEncoding", "UTF-8"));

  private static final Map<String, String> SAFETY =
      Map.ofEntries(
          Map.entry("core.hooksPath", "/dev/null"),
          Map.entry("core.fsmonitor", "false"),
          Map.entry("core.fsync", "all"),
          Map.entry("core.fsyncMethod", "fsync"),
          Map.entry("core.protectHFS", "true"),
          Map.entry("core.protectNTFS", "true"),
          Map.entry("core.bigFileThreshold", "16m"),
          Map.entry("core.logAllRefUpdates", "false"),
          Map.entry("gc.auto", "0"),
          Map.entry("maintenance.auto", "false"),
          Map.entry("protocol.allow", "never"),
          Map.entry("pack.threads", "1"),
          Map.entry("commit.gpgSign", "false"));

  /** Complete: nothing of this process's own environment is handed on but PATH. */
  public Map<String, String> environment(Path gitDir) {
    var env = new TreeMap<String, String>();
    env.put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
    env.put("GIT_DIR", gitDir.toString());
    env.put("HOME", "/nonexistent");
    env.put("XDG_CONFIG_HOME", "/nonexistent");
    env.put("LC_ALL", "C");
    env.put("TZ", "UTC");
    env.put("GIT_CONFIG_NOSYSTEM", "1");
    env.put("GIT_CONFIG_SYSTEM", "/dev/null");
    env.put("GIT_CONFIG_GLOBAL", "/dev/null");
    env.put("GIT_ATTR_NOSYSTEM", "1");
    env.put(
        "GIT_ATTR_SOURCE", ObjectId.EMPTY_TREE.hex()); // git 2.43 to 2.45 would read those of HEAD
    env.put("GIT_NO_REPLACE_OBJECTS", "1");
    env.put("GIT_GRAFT_FILE", "/nonexistent/grafts");
    env.put("GIT_NO_LAZY_FETCH", "1");
    env.put("GIT_ALLOW_PROTOCOL", "");
    env.put("GIT_TERMINAL_PROMPT", "0");
    env.put("GIT_OPTIONAL_LOCKS", "0");
    env.put("GIT_LITERAL_PATHSPECS", "1");
    env.put("GIT_ADVICE", "0");
    var config = new TreeMap<>(ENGINE);
    config.putAll(SAFETY);
    env.put("GIT_CONFIG_COUNT", Integer.toString(config.size()));
    var index = 0;
    for (var entry : config.entrySet()) {
      env.put("GIT_CONFIG_KEY_" + index, entry.getKey());
      env.put("GIT_CONFIG_VALUE_" + index, entry.getValue());
      index++;
    }
    return env;
  }
}
