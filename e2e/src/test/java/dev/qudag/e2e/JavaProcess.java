package dev.qudag.e2e;

import java.time.Instant;

/** The Java process of a container, as the kernel knows it (proc(5)). */
record JavaProcess(TestSwarm swarm, String pod, String container) {
  private static final double TICKS_PER_SECOND = 100;

  /** Beside the process there are tini and what this runs; {@code $p} is its folder. */
  private static final String FIND =
      "p=$(grep -l '^java$' /proc/[0-9]*/comm | head -n 1); p=${p%/comm}; ";

  /** Memory in MiB that it holds, shared pages included. */
  long residentMib() {
    return Math.round(Long.parseLong(ask("grep VmRSS $p/status").replaceAll("\\D", "")) / 1024.0);
  }

  double cpuSeconds() {
    String[] stat = stat(ask("cat $p/stat"));
    return (Long.parseLong(stat[11]) + Long.parseLong(stat[12])) / TICKS_PER_SECOND;
  }

  /** To the hundredth of a second. */
  Instant startedAt() {
    String[] answer =
        ask("echo $(date +%s%3N) $(cut -d ' ' -f 1 /proc/uptime) $(cat $p/stat)").split(" ", 3);
    double upMillis = Double.parseDouble(answer[1]) * 1000;
    double startMillis = Long.parseLong(stat(answer[2])[19]) * 1000 / TICKS_PER_SECOND;
    return Instant.ofEpochMilli(Long.parseLong(answer[0]) - Math.round(upMillis - startMillis));
  }

  /** The fields after the name, which may hold blanks: the first is field 3 of the manual. */
  private static String[] stat(String line) {
    return line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
  }

  private String ask(String question) {
    return swarm.exec(pod, container, "sh", "-c", FIND + question).strip();
  }
}
