package dev.qudag.node.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.certificate.CertificateVerifier;
import dev.qudag.consensus.certificate.DecisionCertificate;
import dev.qudag.consensus.certificate.Verification.Proven;
import dev.qudag.consensus.chain.BlockPayload;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.OrderedDecision;
import dev.qudag.consensus.chain.decision.ExactMerge;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.identity.HubMember;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.OperatorIdentity;
import dev.qudag.consensus.chain.identity.WorkspaceGrant;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.consensus.chain.proposal.AuthorStatement;
import dev.qudag.consensus.chain.proposal.CommitMeta;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.message.Ballot;
import dev.qudag.consensus.simplex.message.Certificate;
import dev.qudag.consensus.simplex.message.Finality;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.SigningKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
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
  private final SigningKey operator = SigningKey.generate();
  private final SigningKey validator = SigningKey.generate();
  private final SigningKey workspace = SigningKey.generate();
  private final Genesis genesis = genesis();
  private final MergeDecision decision = decision();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  @BeforeEach
  void export() throws IOException {
    DecisionCertificate certificate = certificate();
    Proven proven = (Proven) CertificateVerifier.of(genesis).verify(certificate, decision);
    Files.write(
        folder.resolve("certificate.json"),
        new CertificateFile(certificate, decision).write(proven));
    Files.write(folder.resolve("genesis"), genesis.encode());
  }

  @Test
  void saysWhatIsProven() {
    assertThat(verify(genesis.digest().hex(), "--commit", id("e"))).isZero();
    assertThat(out.toString())
        .contains("proven: " + decision.proposal() + " lands on refs/heads/main as " + id("e"))
        .contains("signed by  hello-v0 (4 of 4, 3 needed)")
        .contains("height 1, view 3")
        .contains("author     ada, workspace ada");
    assertThat(err.toString()).isEmpty();
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
            decision.proposal(),
            decision.merge(),
            decision.meta(),
            digest("another engine"),
            decision.policyDigest(),
            decision.checks(),
            decision.author(),
            decision.grant());
    Proven proven = (Proven) CertificateVerifier.of(genesis).verify(certificate());
    Files.write(
        folder.resolve("certificate.json"),
        new CertificateFile(certificate(), other).write(proven));
    assertThat(verify(genesis.digest().hex())).isEqualTo(3);
    assertThat(err.toString()).startsWith("not proven: OtherDecision");
  }

  @Test
  void aFingerprintThatIsNoneIsWrongUsage() {
    assertThat(verify("abc")).isEqualTo(2);
    assertThat(err.toString()).contains("64 hexadecimal digits");
  }

  private int verify(String fingerprint, String... more) {
    CommandLine command =
        new CommandLine(new VerifyCommand())
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    String[] arguments = {
      folder.resolve("certificate.json").toString(),
      "--genesis-file",
      folder.resolve("genesis").toString(),
      "--genesis",
      fingerprint
    };
    String[] all = Stream.of(arguments, more).flatMap(Arrays::stream).toArray(String[]::new);
    return command.execute(all);
  }

  private Genesis genesis() {
    return new Genesis(
        Bytes.of(digest("nonce").bytes()),
        "hello",
        "refs/heads/main",
        id("a"),
        new OperatorIdentity(operator.verifyingKey(), digest("operator")),
        new HubMember("hello-hub", SigningKey.generate().verifyingKey(), digest("hub")),
        List.of(new Member(0, "hello-v0", validator.verifyingKey(), digest("v0"), 4)),
        new Policy(List.of(), List.of()),
        500);
  }

  private MergeDecision decision() {
    AuthorStatement statement =
        new AuthorStatement(
            genesis.chainId(),
            "uid",
            "ada",
            "ada",
            id("c"),
            "refs/heads/main",
            "Say hello",
            1_700_000_000_000L);
    return new MergeDecision(
        genesis.chainId(),
        "refs/heads/main",
        statement.proposal(),
        new ExactMerge(id("a"), id("b"), id("c"), id("d"), digest("tree"), id("e"), "None"),
        CommitMeta.of(statement, "hello"),
        digest("engine"),
        genesis.policy().digest(),
        List.of(),
        statement.sign(workspace),
        new WorkspaceGrant(genesis.chainId(), "uid", "ada", workspace.verifyingKey(), digest("ada"))
            .sign(operator));
  }

  private DecisionCertificate certificate() {
    BlockPayload payload = new BlockPayload(List.of(new OrderedDecision(decision, List.of())));
    BlockHeader block =
        new BlockHeader(genesis.chainId(), 0, 1, 3, Digest.ZERO, payload.digest(), 1);
    Ballot ballot = Ballot.finalize(block);
    Certificate certificate =
        new Certificate(ballot, Bytes.of((byte) 1), List.of(validator.sign(ballot.encode())));
    return DecisionCertificate.of(genesis, new Finality(certificate, List.of(block)), payload, 0);
  }

  private static Digest digest(String word) {
    return Digest.sha256(word.getBytes(StandardCharsets.UTF_8));
  }

  private static String id(String digit) {
    return digit.repeat(40);
  }
}
