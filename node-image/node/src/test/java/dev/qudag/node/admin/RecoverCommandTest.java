package dev.qudag.node.admin;

import static dev.qudag.node.verify.TestingProofs.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.certificate.Recovery;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.decision.PolicyChange;
import dev.qudag.consensus.chain.decision.PolicyDecision;
import dev.qudag.crypto.SigningKey;
import dev.qudag.node.verify.TestingProofs;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RecoverCommandTest {
  private final TestingProofs proofs = new TestingProofs();
  private final MergeDecision landed =
      proofs.decision(TestingProofs.BRANCH, id("a"), id("b"), id("e"));
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  @BeforeEach
  void export() throws IOException {
    Files.write(folder.resolve("genesis"), proofs.genesis.encode());
    Files.write(
        folder.resolve("certificate.json"), proofs.file(proofs.certificate(landed), landed));
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private int recover(String fingerprint, String... more) {
    String[] arguments = {
      "recover", "--genesis-file", file("genesis"), "--genesis", fingerprint, "--output", output()
    };
    return new CommandLine(new AdminCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(Stream.of(arguments, more).flatMap(Arrays::stream).toArray(String[]::new));
  }

  private String output() {
    return file("recovery");
  }

  private Recovery written() throws IOException {
    return Recovery.decode(Files.readAllBytes(Path.of(output())));
  }

  @Test
  void putsTogetherWhatIsLeftOfAChain() throws IOException {
    String fingerprint = proofs.genesis.digest().hex();
    assertThat(recover(fingerprint, "--certificate", file("certificate.json"))).isZero();

    assertThat(written().refusal()).isEmpty();
    assertThat(written().head()).isEqualTo(id("e"));
    assertThat(written().genesis()).isEqualTo(proofs.genesis);
    assertThat(out.toString())
        .contains(proofs.genesis.chainId().hex())
        .contains("at height 1")
        .contains("at " + id("e") + " of " + TestingProofs.BRANCH);
  }

  @Test
  void beginsAtGenesisWhereNothingHadLanded() throws IOException {
    assertThat(recover(proofs.genesis.digest().hex())).isZero();
    assertThat(written().head()).isEqualTo(id("a"));
  }

  @Test
  void writesNothingThatIsNotProven() throws IOException {
    Files.write(folder.resolve("certificate.json"), proofs.file(proofs.forged(landed), landed));
    String fingerprint = proofs.genesis.digest().hex();
    assertThat(recover(fingerprint, "--certificate", file("certificate.json"))).isEqualTo(2);
    assertThat(err.toString()).contains("not proven: BadSignature");
    assertThat(Path.of(output())).doesNotExist();
  }

  @Test
  void refusesAnotherGenesis() {
    assertThat(recover("00".repeat(32))).isEqualTo(2);
    assertThat(err.toString())
        .contains("has fingerprint " + proofs.genesis.digest())
        .contains("expected " + "00".repeat(32));
  }

  @Test
  void refusesACertificateThatLandsNothing() throws IOException {
    PolicyDecision change =
        PolicyDecision.sign(
            new PolicyChange(
                proofs.genesis.chainId(),
                0,
                proofs.genesis.policy().digest(),
                proofs.genesis.policy()),
            SigningKey.generate());
    Files.write(
        folder.resolve("certificate.json"), proofs.file(proofs.certificate(change), change));
    String fingerprint = proofs.genesis.digest().hex();
    assertThat(recover(fingerprint, "--certificate", file("certificate.json"))).isEqualTo(2);
    assertThat(err.toString()).contains("is of a PolicyChange").contains("branch's head");
  }

  @Test
  void overwritesNothing() throws IOException {
    Files.writeString(Path.of(output()), "mine");
    assertThat(recover(proofs.genesis.digest().hex())).isEqualTo(2);
    assertThat(err.toString()).contains("is there already");
    assertThat(Path.of(output())).hasContent("mine");
  }
}
