package dev.qudag.node.verify;

import static dev.qudag.node.verify.TestingProofs.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.decision.RevertDecision;
import dev.qudag.consensus.chain.identity.AdminSignature;
import dev.qudag.consensus.chain.identity.Predecessor;
import dev.qudag.crypto.SigningKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class VerifyCommandTest {
  private final TestingProofs proofs = new TestingProofs();
  private final Genesis genesis = proofs.genesis;
  private final MergeDecision decision =
      proofs.decision(TestingProofs.BRANCH, id("a"), id("b"), id("e"));
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  @BeforeEach
  void export() throws IOException {
    export(proofs, decision);
  }

  private void export(TestingProofs of, MergeDecision landed) throws IOException {
    Files.write(folder.resolve("certificate.json"), of.file(of.certificate(landed), landed));
    Files.write(folder.resolve("genesis"), of.genesis.encode());
  }

  @Test
  void saysWhatIsProven() {
    assertThat(verify(genesis.digest().hex(), "--commit", id("e"))).isZero();
    assertThat(out.toString())
        .contains("proven: " + decision.proposal() + " lands on refs/heads/main as " + id("e"))
        .contains("signed by  hello-v0 (4 of 4, 3 needed)")
        .contains("height 1, view 3, epoch 0")
        .contains("author     ada, workspace ada");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void saysWhatWasUndoneAndByWhoseOrder() throws IOException {
    RevertDecision revert = proofs.revert(id("e"), id("e"), id("a"), id("f"));
    Files.write(
        folder.resolve("certificate.json"), proofs.file(proofs.certificate(revert), revert));

    assertThat(verify(genesis.digest().hex(), "--commit", id("f"))).isZero();
    assertThat(out.toString())
        .contains("proven: " + id("e") + " is undone on refs/heads/main by " + id("f"))
        .contains("author     grace")
        .contains("reason     It broke");
  }

  /** Of 300 validators 256 vote: who verifies draws them, by genesis alone. */
  @Test
  void provesWhatACommitteeDecided() throws IOException {
    TestingProofs large = new TestingProofs(300);
    MergeDecision merge = large.decision(TestingProofs.BRANCH, id("a"), id("b"), id("e"));
    Files.write(folder.resolve("certificate.json"), large.file(large.certificate(merge), merge));
    Files.write(folder.resolve("genesis"), large.genesis.encode());

    assertThat(verify(large.genesis.digest().hex())).isZero();
    assertThat(out.toString()).contains("(171 of 256, 171 needed)");
    Files.write(folder.resolve("certificate.json"), large.file(large.forged(merge), merge));
    assertThat(verify(large.genesis.digest().hex())).isEqualTo(3);
    assertThat(err.toString()).startsWith("not proven: BadSignature");
  }

  @Test
  void refusesAnotherGenesis() {
    assertThat(verify("00".repeat(32))).isEqualTo(3);
    assertThat(err.toString()).startsWith("not proven: WrongGenesis");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void refusesAnotherCommit() {
    assertThat(verify(genesis.digest().hex(), "--commit", id("f"))).isEqualTo(3);
    assertThat(err.toString()).startsWith("not proven: OtherCommit").contains(id("f"), id("e"));
  }

  @Test
  void refusesAnotherBranch() {
    assertThat(verify(genesis.digest().hex(), "--branch", TestingProofs.BRANCH)).isZero();
    assertThat(verify(genesis.digest().hex(), "--branch", "refs/heads/release")).isEqualTo(3);
    assertThat(err.toString())
        .startsWith("not proven: OtherBranch")
        .contains("refs/heads/release", TestingProofs.BRANCH);
  }

  @Test
  void refusesASignatureThatIsNotTheValidators() throws IOException {
    Files.write(folder.resolve("certificate.json"), proofs.file(proofs.forged(decision), decision));
    assertThat(verify(genesis.digest().hex())).isEqualTo(3);
    assertThat(err.toString()).startsWith("not proven: BadSignature");
  }

  /** The words beside the bytes are never believed, and other bytes prove nothing. */
  @Test
  void refusesAFileWhoseBytesWereExchanged() throws IOException {
    Path file = folder.resolve("certificate.json");
    String json = Files.readString(file);
    Files.writeString(file, json.replace("\"what\" : \"mp-", "\"what\" : \"other-"));
    assertThat(verify(genesis.digest().hex())).isZero();
    assertThat(out.toString()).doesNotContain("other-");

    for (String broken :
        List.of(
            "{}",
            "[]",
            "",
            "{\"certificate\":\"?\"}",
            json.replace("\"decision\" : \"", "\"decision\" : \"AAAA"))) {
      Files.writeString(file, broken);
      assertThat(verify(genesis.digest().hex())).isEqualTo(3);
      assertThat(err.toString()).startsWith("not proven: Malformed");
    }
  }

  @Test
  void refusesTheCertificateOfAnotherDecision() throws IOException {
    MergeDecision other =
        new MergeDecision(
            decision.chainId(),
            decision.branch(),
            decision.voids(),
            decision.proposal(),
            decision.merge(),
            decision.meta(),
            TestingProofs.digest("another engine"),
            decision.policyDigest(),
            decision.checks(),
            decision.author(),
            decision.grant());
    Files.write(
        folder.resolve("certificate.json"), proofs.file(proofs.certificate(decision), other));
    assertThat(verify(genesis.digest().hex())).isEqualTo(3);
    assertThat(err.toString()).startsWith("not proven: OtherDecision");
  }

  @Test
  void aFingerprintThatIsNoneIsWrongUsage() {
    assertThat(verify("abc")).isEqualTo(2);
    assertThat(err.toString()).contains("64 hexadecimal digits");
  }

  @Test
  void demandsAFingerprint() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).contains("--genesis or --predecessor");
  }

  /** A chain whose genesis names an administrator, and one that takes its place. */
  private final class TwoChains {
    final SigningKey admin = SigningKey.generate();
    final Genesis before = new TestingProofs(List.of(admin.verifyingKey())).genesis;
    final TestingProofs after =
        new TestingProofs(new Predecessor(before.digest(), before.chainId(), 7));

    TwoChains() throws IOException {
      export(after, after.decision(TestingProofs.BRANCH, id("a"), id("b"), id("e")));
      Files.write(folder.resolve("before"), before.encode());
      Files.writeString(
          folder.resolve("signature"),
          AdminSignature.sign(after.genesis.encode(), admin).toText() + "\n");
    }

    int verifyByTheFirst(String... more) {
      String[] arguments = {
        "--predecessor", before.digest().hex(), "--predecessor-file", file("before")
      };
      return run(Stream.of(arguments, more).flatMap(Arrays::stream).toArray(String[]::new));
    }
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void followsAnAdministratorToTheChainThatTookThePlaceOfAnother() throws IOException {
    var chains = new TwoChains();
    assertThat(chains.verifyByTheFirst("--signature", file("signature"))).isZero();
    assertThat(out.toString())
        .contains("genesis " + chains.after.genesis.digest())
        .contains("at " + id("a") + ", in the place of chain " + chains.before.chainId());
  }

  @Test
  void followsNobodyElseThere() throws IOException {
    var chains = new TwoChains();
    assertThat(chains.verifyByTheFirst()).isEqualTo(3);
    assertThat(err.toString()).startsWith("not proven: NotTheSuccessor");
    Files.writeString(
        folder.resolve("signature"),
        AdminSignature.sign(chains.after.genesis.encode(), SigningKey.generate()).toText());
    assertThat(chains.verifyByTheFirst("--signature", file("signature"))).isEqualTo(3);
    Files.writeString(folder.resolve("signature"), "no signature");
    assertThat(chains.verifyByTheFirst("--signature", file("signature"))).isEqualTo(3);
    assertThat(err.toString()).contains("Malformed: the administrator's signature");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void needsNoSignatureWhenBothFingerprintsAreTold() throws IOException {
    var chains = new TwoChains();
    String told = chains.after.genesis.digest().hex();
    assertThat(chains.verifyByTheFirst("--genesis", told)).isZero();
    assertThat(chains.verifyByTheFirst("--genesis", "00".repeat(32))).isEqualTo(3);
    assertThat(err.toString()).startsWith("not proven: WrongGenesis");
  }

  private int verify(String fingerprint, String... more) {
    String[] told = {"--genesis", fingerprint};
    return run(Stream.of(told, more).flatMap(Arrays::stream).toArray(String[]::new));
  }

  private int run(String... more) {
    CommandLine command =
        new CommandLine(new VerifyCommand())
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    String[] arguments = {file("certificate.json"), "--genesis-file", file("genesis")};
    String[] all = Stream.of(arguments, more).flatMap(Arrays::stream).toArray(String[]::new);
    return command.execute(all);
  }
}
