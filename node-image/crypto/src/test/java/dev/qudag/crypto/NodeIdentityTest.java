package dev.qudag.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Signature;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeIdentityTest {
  @TempDir Path parent;
  private Path folder;

  @BeforeEach
  void nameTheFolder() {
    folder = parent.resolve("identity");
  }

  @Test
  void isTheSameAfterARestart() throws Exception {
    NodeIdentity made = NodeIdentity.loadOrCreate(folder);
    NodeIdentity loaded = NodeIdentity.loadOrCreate(folder);

    byte[] message = "hello".getBytes(StandardCharsets.US_ASCII);
    assertThat(loaded.verifyingKey()).isEqualTo(made.verifyingKey());
    assertThat(made.verifyingKey().verify(message, loaded.signingKey().sign(message))).isTrue();
    assertThat(loaded.tls().certificate()).isEqualTo(made.tls().certificate());
    assertThat(loaded.tlsFingerprint()).isEqualTo(TlsFingerprint.of(made.tls().certificate()));
  }

  @Test
  void isForItsOwnerOnly() throws IOException {
    NodeIdentity.loadOrCreate(folder);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    assertThat(names(folder)).containsExactly("signing.key", "signing.pub", "tls.crt", "tls.key");
    for (String name : names(folder)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
          .isEqualTo("rw-------");
    }
    assertThat(names(parent)).containsExactly("identity");
  }

  @Test
  void beginsAnewAfterACrashBeforeTheFolderAppeared() throws IOException {
    Path staging = Files.createDirectory(parent.resolve("identity.new"));
    Files.write(staging.resolve("signing.key"), new byte[100]);
    NodeIdentity.loadOrCreate(folder);
    assertThat(names(parent)).containsExactly("identity");
  }

  @Test
  void neverReplacesADamagedKeySilently() throws IOException {
    NodeIdentity.loadOrCreate(folder);
    Files.delete(folder.resolve("signing.key"));
    assertThatIOException()
        .isThrownBy(() -> NodeIdentity.loadOrCreate(folder))
        .withMessageContaining("signing.key is missing");

    Files.write(folder.resolve("signing.key"), new byte[10]);
    assertThatIOException()
        .isThrownBy(() -> NodeIdentity.loadOrCreate(folder))
        .withMessageContaining("damaged");
  }

  @Test
  void passesThroughASecret() {
    NodeIdentity made = NodeIdentity.generate();
    NodeIdentity seen = NodeIdentity.fromFiles(made.toFiles());
    assertThat(seen.verifyingKey()).isEqualTo(made.verifyingKey());
    assertThat(seen.tlsFingerprint()).isEqualTo(made.tlsFingerprint());
  }

  @Test
  void refusesACertificateOfAnotherKey() {
    Map<String, byte[]> files = NodeIdentity.generate().toFiles();
    files.put("tls.crt", NodeIdentity.generate().toFiles().get("tls.crt"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NodeIdentity.fromFiles(files))
        .withMessageContaining("does not belong");
  }

  @Test
  void itsCertificateIsSelfSignedByMlDsa87WithoutAnEnd() throws Exception {
    TlsIdentity tls = NodeIdentity.generate().tls();
    tls.certificate().verify(tls.certificate().getPublicKey());
    assertThat(tls.certificate().getSigAlgOID()).isEqualTo("2.16.840.1.101.3.4.3.19");
    assertThat(tls.certificate().getNotAfter().toInstant()).isEqualTo("9999-12-31T23:59:59Z");
    assertThat(TlsIdentity.isMlDsa87(tls.certificate())).isTrue();

    Signature signer = Signature.getInstance("ML-DSA-87");
    signer.initSign(tls.privateKey());
    assertThat(signer.sign()).isNotEmpty();
  }

  @Test
  void itsTwoKeysDiffer() {
    NodeIdentity made = NodeIdentity.generate();
    assertThat(made.tls().key().verifyingKey()).isNotEqualTo(made.verifyingKey());
  }

  @Test
  void saysThatACertificateOfAnOlderVersionCannotBeUsed() throws Exception {
    Map<String, byte[]> files = NodeIdentity.generate().toFiles();
    files.put("tls.crt", TestingCertificates.p256().getEncoded());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NodeIdentity.fromFiles(files))
        .withMessageContaining("key of EC, expected ML-DSA-87");
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
