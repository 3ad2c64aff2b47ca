package dev.qudag.node.hub.upstream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How git gets in. It is told where the files of the mounted Secret are, and never what they say:
 * nothing of them is in an argument, a variable or a log. A Secret that changes holds from the next
 * call on.
 *
 * <pre>
 *   https, http   username, password; ca.crt where the server's authority is a private one
 *   ssh           ssh-privatekey, known_hosts: a host whose key is not there is refused
 * </pre>
 *
 * @param folder where the Secret is mounted; may be missing where the server asks for nothing
 * @param askpass a program of ours that prints what git asks for
 */
record Credentials(Path folder, Path askpass) {
  /** Git has a shell read the command for ssh. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/._@+-]+");

  private static final String FOLDER = "UPSTREAM_CREDENTIALS";
  private static final String PROGRAM =
      """
      #!/bin/sh
      case "$1" in
        Username*) exec cat "$UPSTREAM_CREDENTIALS/username" ;;
        Password*) exec cat "$UPSTREAM_CREDENTIALS/password" ;;
        *) exit 1 ;;
      esac
      """;

  /**
   * @param data folder of this node, for the program
   */
  static Credentials in(Path folder, Path data) throws IOException {
    if (!PLAIN.matcher(folder.toString()).matches()) {
      throw new IllegalArgumentException(
          "the folder of upstream's credentials, " + folder + ", must match " + PLAIN);
    }
    Path askpass = data.resolve("upstream-askpass");
    Files.writeString(askpass, PROGRAM);
    Files.setPosixFilePermissions(askpass, PosixFilePermissions.fromString("rwx------"));
    return new Credentials(folder, askpass);
  }

  /** What git's environment needs. */
  Map<String, String> environment(UpstreamUrl.Scheme scheme) {
    return switch (scheme) {
      case HTTPS, HTTP -> Map.of("GIT_ASKPASS", askpass.toString(), FOLDER, folder.toString());
      case SSH -> Map.of("GIT_SSH_COMMAND", ssh(), "GIT_SSH_VARIANT", "ssh");
    };
  }

  /** Settings of git beside. */
  List<String> settings(UpstreamUrl.Scheme scheme) {
    List<String> settings = new ArrayList<>(List.of("credential.helper="));
    Path authority = folder.resolve("ca.crt");
    if (scheme == UpstreamUrl.Scheme.HTTPS && Files.exists(authority)) {
      settings.add("http.sslCAInfo=" + authority);
    }
    return settings;
  }

  private String ssh() {
    return String.join(
        " ",
        "ssh -F /dev/null",
        "-o BatchMode=yes",
        "-o StrictHostKeyChecking=yes",
        "-o UserKnownHostsFile=" + folder.resolve("known_hosts"),
        "-o GlobalKnownHostsFile=/dev/null",
        "-o UpdateHostKeys=no",
        "-o IdentitiesOnly=yes",
        "-o IdentityAgent=none",
        "-o PasswordAuthentication=no",
        "-o KbdInteractiveAuthentication=no",
        "-o ConnectTimeout=15",
        "-o ServerAliveInterval=10",
        "-o IdentityFile=" + folder.resolve("ssh-privatekey"));
  }
}
