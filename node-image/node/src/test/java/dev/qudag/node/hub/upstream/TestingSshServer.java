package dev.qudag.node.hub.upstream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.shell.ProcessShellFactory;

/**
 * A real SSH server on loopback (RFC 4253, Apache MINA) that lets one key in, as user git, to the
 * two programs of git for one repository.
 */
public final class TestingSshServer implements AutoCloseable {
  private static final Pattern ASKED = Pattern.compile("git-(upload|receive)-pack '/upstream.git'");

  private final Path repository;
  private final KeyPair host = keys();
  private final KeyPair client = keys();
  private final SshServer server = SshServer.setUpDefaultServer();

  public TestingSshServer(Path repository) throws IOException {
    this.repository = repository;
    server.setHost("127.0.0.1");
    server.setKeyPairProvider(KeyPairProvider.wrap(host));
    server.setPublickeyAuthenticator(
        (user, key, session) ->
            user.equals("git") && KeyUtils.compareKeys(key, client.getPublic()));
    server.setCommandFactory(this::command);
    server.start();
  }

  public String url() {
    return "ssh://git@127.0.0.1:" + server.getPort() + "/upstream.git";
  }

  /** Writes a Secret's files, as they are mounted. */
  public Path secret(Path folder) throws IOException {
    Files.createDirectories(folder);
    writeKey(folder, client);
    writeHost(folder, host);
    return folder;
  }

  /** Another key in the Secret, which the server does not know. */
  public static void writeStrangersKey(Path folder) throws IOException {
    writeKey(folder, keys());
  }

  /** The server has another key than the Secret says. */
  public void writeStrangersHost(Path folder) throws IOException {
    writeHost(folder, keys());
  }

  @Override
  public void close() {
    try {
      server.stop(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Command command(ChannelSession channel, String asked) throws IOException {
    var match = ASKED.matcher(asked);
    if (!match.matches()) {
      throw new IOException("this server does not run " + asked);
    }
    List<String> git = List.of("git", match.group(1) + "-pack", repository.toString());
    return new ProcessShellFactory(String.join(" ", git), git).createShell(channel);
  }

  private static void writeKey(Path folder, KeyPair pair) throws IOException {
    Path file = folder.resolve("ssh-privatekey");
    Files.writeString(
        file,
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(pair.getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private void writeHost(Path folder, KeyPair pair) throws IOException {
    Files.writeString(
        folder.resolve("known_hosts"),
        "[127.0.0.1]:%d %s%n"
            .formatted(server.getPort(), PublicKeyEntry.toString(pair.getPublic())));
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has P-256", e);
    }
  }
}
