package dev.qudag.node.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The program that the agents of a swarm write together: a shell script that calls what each of
 * them defines in a file of its own, and prints what was called. A change is a definition and its
 * call: with one of them lost it does not run, with both lost its line is missing, and landed twice
 * its line is there twice.
 *
 * <pre>
 *   main.sh           # agent 0 begins / a0_1 / a0_2 / # agent 0 ends / # agent 1 begins ...
 *   parts/agent-0.sh  a0_1() { echo a0_1; } ...
 *   version           one line, which any agent may write: there agents conflict
 * </pre>
 */
final class Program {
  /** Takes the branch in; where lines conflict, the agent's own stay. */
  static final String MEND =
      "git fetch -q origin; git merge -q -X ours -m 'Take the branch in' origin/main";

  private static final String HEAD =
      """
      set -eu
      [ "$(wc -l <version)" -eq 1 ]
      for part in parts/*.sh; do . "./$part"; done
      """;

  private Program() {}

  /** Path to text of what the agents begin with. */
  static Map<String, String> seed(int agents) {
    var files = new TreeMap<String, String>();
    var main = new StringBuilder(HEAD);
    for (int agent = 0; agent < agents; agent++) {
      main.append("# agent %d begins\n# agent %d ends\n".formatted(agent, agent));
      files.put("parts/agent-%d.sh".formatted(agent), "# by agent %d\n".formatted(agent));
    }
    files.put("main.sh", main.toString());
    files.put("version", "0\n");
    return files;
  }

  /** What the program prints for a change of an agent. */
  static String line(int agent, int change) {
    return "a%d_%d".formatted(agent, change);
  }

  /** All that agents' changes print, each from the first to the last that is given for it. */
  static List<String> lines(List<Integer> lastOfAgents) {
    var lines = new ArrayList<String>();
    for (int agent = 0; agent < lastOfAgents.size(); agent++) {
      int of = agent;
      IntStream.rangeClosed(1, lastOfAgents.get(agent)).forEach(i -> lines.add(line(of, i)));
    }
    return lines;
  }

  /**
   * The shell of an agent that makes a change and commits it.
   *
   * @param contends also writes the line that others write
   */
  static String change(int agent, int change, boolean contends) {
    String line = line(agent, change);
    String contended = contends ? "echo %s > version; ".formatted(line) : "";
    return contended
        + "echo '%s() { echo %s; }' >> parts/agent-%d.sh; ".formatted(line, line, agent)
        + "sed -i 's/^# agent %d ends$/%s\\n&/' main.sh; ".formatted(agent, line)
        + "git commit -qam 'Add %s'".formatted(line);
  }
}
