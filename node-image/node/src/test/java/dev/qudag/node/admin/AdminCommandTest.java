package dev.qudag.node.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.decision.PolicyChange;
import dev.qudag.consensus.chain.decision.SetChange;
import dev.qudag.consensus.chain.identity.AdminSignature;
import dev.qudag.consensus.chain.identity.Predecessor;
import dev.qudag.consensus.chain.policy.LandingPolicy;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.node.verify.TestingProofs;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class AdminCommandTest {
  private static final PolicyChange CHANGE =
      new PolicyChange(
          Digest.ZERO,
          3,
          Digest.sha256(new byte[] {1}),
          new Policy(
              List.of(),
              List.of(".env"),
              Policy.AUTO_RESOLVE,
              new LandingPolicy(LandingPolicy.Method.SQUASH, true, Optional.empty())));

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return new CommandLine(new AdminCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  private String key() {
    return folder.resolve("key").toString();
  }

  private String change(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("change"), bytes).toString();
  }

  private VerifyingKey makeKey() {
    assertThat(run("key", key())).isZero();
    String shown = out.toString().strip();
    out.getBuffer().setLength(0);
    assertThat(shown).hasSize(3456);
    return VerifyingKey.of(Base64.getDecoder().decode(shown));
  }

  @Test
  void signsWhatItShows() throws IOException {
    VerifyingKey key = makeKey();
    byte[] change = CHANGE.encode();

    assertThat(run("sign", change(change), "--key", key(), "--digest", Digest.sha256(change).hex()))
        .isZero();

    AdminSignature signature = AdminSignature.ofText(out.toString());
    assertThat(signature.isOver(change, List.of(key))).isTrue();
    assertThat(err.toString())
        .contains("change of policy number 3")
        .contains(CHANGE.next().digest().hex())
        .contains("denied   .env")
        .contains("lands    by Squash, signed off");
  }

  @Test
  void saysWhoLeavesASet() throws IOException {
    makeKey();
    byte[] change = new SetChange(Digest.ZERO, 2, Digest.ZERO, List.of(1), List.of()).encode();

    assertThat(run("sign", change(change), "--key", key(), "--digest", Digest.sha256(change).hex()))
        .isZero();

    assertThat(err.toString()).contains("set of epoch 2").contains("leaves   validator 1");
  }

  @Test
  void saysWhoDecidesOnAChainThatTakesThePlaceOfAnother() throws IOException {
    VerifyingKey key = makeKey();
    Digest before = TestingProofs.digest("the chain before");
    Genesis genesis =
        new TestingProofs(new Predecessor(TestingProofs.digest("its genesis"), before, 7)).genesis;
    byte[] change = genesis.encode();

    assertThat(run("sign", change(change), "--key", key(), "--digest", Digest.sha256(change).hex()))
        .isZero();

    assertThat(AdminSignature.ofText(out.toString()).isOver(change, List.of(key))).isTrue();
    assertThat(err.toString())
        .contains("in the place of " + before)
        .contains("before   genesis " + TestingProofs.digest("its genesis"))
        .contains("signs    nobody")
        .contains("at " + genesis.head() + ", which landed at height 7")
        .contains("decides  hello-v0, validator 0, weight 4, key ")
        .contains(genesis.hub().signingKey().fingerprint().hex());
  }

  @Test
  void signsNoGenesisThatTakesNoChainsPlace() throws IOException {
    makeKey();
    byte[] bytes = new TestingProofs().genesis.encode();

    assertThat(run("sign", change(bytes), "--key", key(), "--digest", Digest.sha256(bytes).hex()))
        .isEqualTo(2);

    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).contains("nothing that an administrator signs");
  }

  @Test
  void refusesAnotherFileThanTheStatusShows() throws IOException {
    makeKey();
    String file = change(CHANGE.encode());

    assertThat(run("sign", file, "--key", key(), "--digest", Digest.ZERO.hex())).isEqualTo(2);

    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).contains(file + " has digest").contains("fetch it again");
  }

  @Test
  void refusesWhatIsNoChange() throws IOException {
    makeKey();
    byte[] bytes = {1, 2, 3};

    assertThat(run("sign", change(bytes), "--key", key(), "--digest", Digest.sha256(bytes).hex()))
        .isEqualTo(2);

    assertThat(out.toString()).isEmpty();
  }

  @Test
  void overwritesNoKeyAndNamesAMissingOne() throws IOException {
    makeKey();
    assertThat(run("key", key())).isEqualTo(2);
    assertThat(err.toString()).contains(key() + " is there already");

    byte[] change = CHANGE.encode();
    String missing = folder.resolve("none").toString();
    assertThat(
            run("sign", change(change), "--key", missing, "--digest", Digest.sha256(change).hex()))
        .isEqualTo(2);
    assertThat(err.toString()).contains(missing + " is not there");
  }

  @Test
  void namesTheChangeThatIsMissing() {
    makeKey();
    String missing = folder.resolve("none").toString();
    assertThat(run("sign", missing, "--key", key(), "--digest", Digest.ZERO.hex())).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).contains(missing + " is not there");
  }
}
