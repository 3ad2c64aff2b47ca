package dev.qudag.node.hub.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsTest {
  @TempDir Path folder;

  @Test
  void gitIsToldWhereTheyAreAndNotWhatTheyAre() throws IOException {
    Path secret = TestingGitServer.secret(folder.resolve("secret"), "s3cret");
    Credentials credentials = Credentials.in(secret, folder);
    Map<String, String> environment = credentials.environment(UpstreamUrl.Scheme.HTTPS);

    assertThat(environment.toString()).doesNotContain("s3cret");
    assertThat(credentials.settings(UpstreamUrl.Scheme.HTTPS))
        .containsExactly("credential.helper=");
    Files.writeString(secret.resolve("ca.crt"), "a certificate");
    assertThat(credentials.settings(UpstreamUrl.Scheme.HTTPS))
        .contains("http.sslCAInfo=" + secret.resolve("ca.crt"));
  }

  @Test
  void askpassAnswersWhatGitAsksFor() throws Exception {
    Path secret = TestingGitServer.secret(folder.resolve("secret"), "s3cret");
    Credentials credentials = Credentials.in(secret, folder);

    assertThat(asked(credentials, "Username for 'https://git.example': ").strip())
        .isEqualTo(TestingGitServer.USER);
    assertThat(asked(credentials, "Password for 'https://hub@git.example': ").strip())
        .isEqualTo("s3cret");
    assertThat(asked(credentials, "Are you sure (yes/no)? ")).isEmpty();
  }

  private static String asked(Credentials credentials, String question) throws Exception {
    var builder = new ProcessBuilder(credentials.askpass().toString(), question);
    builder.environment().putAll(credentials.environment(UpstreamUrl.Scheme.HTTPS));
    return output(builder);
  }

  /** What the real program makes of the command, without a server. */
  @Test
  void sshTakesNoHostThatIsNotKnown() throws Exception {
    assumeThat(Path.of("/usr/bin/ssh")).isExecutable();
    Path secret = TestingGitServer.secret(folder.resolve("secret"), "s3cret");
    String command =
        Credentials.in(secret, folder).environment(UpstreamUrl.Scheme.SSH).get("GIT_SSH_COMMAND");

    String settings = output(new ProcessBuilder("sh", "-c", command + " -G git@git.example"));

    assertThat(settings.lines())
        .contains(
            "stricthostkeychecking true",
            "batchmode yes",
            "identitiesonly yes",
            "userknownhostsfile " + secret.resolve("known_hosts"),
            "globalknownhostsfile /dev/null",
            "identityfile " + secret.resolve("ssh-privatekey"));
  }

  @Test
  void refusesAFolderThatAShellWouldReadAsMore() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Credentials.in(Path.of("/etc/a; id"), folder));
  }

  private static String output(ProcessBuilder builder) throws Exception {
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }
}
