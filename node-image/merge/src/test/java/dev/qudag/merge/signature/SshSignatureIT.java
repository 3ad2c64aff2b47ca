package dev.qudag.merge.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qudag.merge.CommitBuilder;
import dev.qudag.merge.CommitMeta;
import dev.qudag.merge.ObjectId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against keys and signatures of the real ssh-keygen and git. */
class SshSignatureIT {
  private static final byte[] COMMIT =
      CommitBuilder.bytes(
          ObjectId.EMPTY_TREE,
          List.of(),
          new CommitMeta("Ada", "ada@example.org", "QuDAG", "hub@x.invalid", 1, "Größe\n\nText\n"));

  @TempDir Path folder;

  @Test
  void readsTheKeyThatSshKeygenMadeAndSignsWhatGitVerifies() throws Exception {
    SshSigningKey key = key("key", "ed25519", "");
    String line = Files.readString(folder.resolve("key.pub"));
    assertThat(line).startsWith(key.publicKey().toString());

    byte[] signed = SshSignature.into(COMMIT, key.publicKey(), key.sign(COMMIT));

    assertThat(verify(signed, line)).isZero();
    assertThat(new String(signed, StandardCharsets.UTF_8)).endsWith("\n\nGröße\n\nText\n");
    byte[] other =
        new String(signed, StandardCharsets.UTF_8)
            .replace("Text", "Test")
            .getBytes(StandardCharsets.UTF_8);
    assertThat(verify(other, line)).isNotZero();
  }

  @Test
  void signingTwiceIsTheSameAndAnotherKeyOrCommitIsNot() throws Exception {
    SshSigningKey key = key("key", "ed25519", "");
    SshSigningKey other = key("other", "ed25519", "");
    byte[] signature = key.sign(COMMIT);

    assertThat(key.sign(COMMIT)).isEqualTo(signature).hasSize(64);
    assertThat(key.publicKey().verify(COMMIT, signature)).isTrue();
    assertThat(SshPublicKey.of(key.publicKey().raw()).verify(COMMIT, signature)).isTrue();
    assertThat(other.publicKey().verify(COMMIT, signature)).isFalse();
    assertThat(key.publicKey().verify(new byte[] {1}, signature)).isFalse();
    assertThat(key.publicKey().verify(COMMIT, new byte[64])).isFalse();
    assertThat(key.publicKey().verify(COMMIT, new byte[3])).isFalse();
  }

  @Test
  void keysThatCannotSignSayWhy() throws Exception {
    assertThatThrownBy(() -> key("locked", "ed25519", "secret")).hasMessageContaining("passphrase");
    assertThatThrownBy(() -> key("ec", "ecdsa", "")).hasMessageContaining("Ed25519");
    assertThatThrownBy(() -> SshSigningKey.parse("ssh-ed25519 AAAA"))
        .hasMessageContaining("no private key");
    var unused = key("key", "ed25519", "");
    String whole = Files.readString(folder.resolve("key"));
    for (int cut = 40; cut < whole.length() - 40; cut += 7) {
      String damaged = whole.substring(0, cut) + whole.substring(cut + 4);
      assertThatThrownBy(() -> SshSigningKey.parse(damaged))
          .isInstanceOf(IllegalArgumentException.class)
          .message()
          .doesNotContain(whole.substring(100, 130));
    }
  }

  private SshSigningKey key(String name, String type, String passphrase) throws Exception {
    Path file = folder.resolve(name);
    int exit =
        run("ssh-keygen", "-q", "-t", type, "-N", passphrase, "-C", name, "-f", file.toString());
    assertThat(exit).isZero();
    return SshSigningKey.parse(Files.readString(file));
  }

  private int verify(byte[] commit, String publicKey) throws Exception {
    Path repository = Files.createTempDirectory(folder, "repository");
    assertThat(run("git", "init", "-q", repository.toString())).isZero();
    Path object = Files.write(folder.resolve("object"), commit);
    Path signers = Files.writeString(folder.resolve("signers"), "hub@x.invalid " + publicKey);
    String at = repository.toString();
    assertThat(
            run(
                "git",
                "-C",
                at,
                "hash-object",
                "-t",
                "commit",
                "-w",
                "--literally",
                object.toString()))
        .isZero();
    return run(
        "git",
        "-C",
        at,
        "-c",
        "gpg.ssh.allowedSignersFile=" + signers,
        "verify-commit",
        CommitBuilder.id(commit).hex());
  }

  private int run(String... command) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile());
    process.environment().put("HOME", folder.toString());
    return process.start().waitFor();
  }
}
