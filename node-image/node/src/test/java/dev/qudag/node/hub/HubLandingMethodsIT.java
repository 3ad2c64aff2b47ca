package dev.qudag.node.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.decision.PolicyChange;
import dev.qudag.consensus.chain.decision.PolicyDecision;
import dev.qudag.consensus.chain.decision.RevertDecision;
import dev.qudag.consensus.chain.policy.CommitKey;
import dev.qudag.consensus.chain.policy.LandingPolicy;
import dev.qudag.consensus.chain.policy.LandingPolicy.Method;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.consensus.simplex.block.Block;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.merge.CommitBuilder;
import dev.qudag.merge.CommitMeta;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.RefName;
import dev.qudag.merge.git.BundleImporter;
import dev.qudag.merge.git.BundleWriter;
import dev.qudag.node.hub.analysis.SigningSecret;
import dev.qudag.node.hub.analysis.UnsignedException;
import dev.qudag.node.hub.book.Standing;
import dev.qudag.node.hub.repository.HubRepository;
import dev.qudag.node.hub.repository.Seed;
import dev.qudag.node.main.TestingCrash;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Landing by each method with sign-off and signature, on a real repository, checked by git. */
class HubLandingMethodsIT {
  private static final LandingPolicy SQUASH =
      new LandingPolicy(Method.SQUASH, false, Optional.empty());

  @TempDir Path data;
  @TempDir Path folder;
  private TestingHub node;
  private BlockHeader tip;

  @BeforeEach
  void start() throws IOException {
    node = TestingHub.on(data, 4);
    tip = node.chain.start();
  }

  @AfterEach
  void disarm() {
    TestingCrash.disarm();
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void everyCommitThatLandsIsSignedOffAndSigned(Method method) throws Exception {
    CommitKey key = makeKey();
    land(policy(new LandingPolicy(method, true, Optional.of(key))));
    ObjectId base = node.repository.head();
    ObjectId head = change(change(base, "a"), "b");

    MergeDecision decision = node.decide(head, "Add a and b");
    land(decision);

    ObjectId landed = node.repository.head();
    assertThat(landed.hex()).isEqualTo(decision.commit());
    assertThat(node.standing(decision)).isInstanceOf(Standing.Landed.class);
    assertThat(node.repository.certificates().read(landed)).isPresent();
    int commits = method == Method.REBASE ? 2 : 1;
    assertThat(decision.landedAs().signatures()).hasSize(commits);
    ObjectId at = landed;
    for (int i = 0; i < commits; i++) {
      assertThat(git("verify-commit", at.hex())).as(at.hex()).isZero();
      assertThat(text(at)).endsWith("\nSigned-off-by: agent <agent@s.qudag.invalid>\n");
      at = node.repository.git().firstParent(at).orElseThrow();
    }
    assertThat(at).isEqualTo(base);
    assertThat(git("fsck", "--strict")).isZero();
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void aLandingIsUndoneAsAWhole(Method method) throws Exception {
    land(policy(new LandingPolicy(method, true, Optional.of(makeKey()))));
    ObjectId base = node.repository.head();
    MergeDecision bad = node.decide(change(change(base, "a"), "b"), "Add a and b");
    land(bad);
    land(node.decide(change(node.repository.head(), "c"), "Add c"));

    RevertDecision revert =
        node.decide(node.chain.order(bad.commit(), 0).sign(node.chain.operator.signingKey()));
    land(revert);

    assertThat(paths(node.repository.head())).contains("c").doesNotContain("a", "b");
    assertThat(revert.revert().mainline()).isEqualTo(base.hex());
    assertThat(git("verify-commit", revert.commit())).isZero();
    assertThat(text(node.repository.head()))
        .endsWith("\nSigned-off-by: grace <grace@s.qudag.invalid>\n");
  }

  @Test
  void whatWasDecidedByAnotherMethodLandsNoMore() {
    MergeDecision before = node.decide(change(node.repository.head(), "a"), "Add a");

    land(policy(SQUASH));

    assertThat(node.standing(before)).isInstanceOf(Standing.Stale.class);
    MergeDecision after = node.decideAgain(before.author().statement());
    assertThat(after.commit()).isNotEqualTo(before.commit());
    assertThat(after.tree()).isEqualTo(before.tree());
    land(after);
    assertThat(text(node.repository.head())).contains("\nSquashed-from: " + before.head() + "\n");
  }

  @Test
  void nothingIsMadeUnsigned() throws Exception {
    CommitKey key = makeKey();
    Path secret = data.resolve("signing/ssh-privatekey");
    String good = Files.readString(secret);
    land(policy(new LandingPolicy(Method.MERGE, false, Optional.of(key))));
    ObjectId head = change(node.repository.head(), "a");
    assertThat(node.hub.unsigned()).isEmpty();

    Files.delete(secret);
    assertRefused(head, "is missing");
    Files.writeString(secret, good.substring(0, 100));
    assertRefused(head, "no private key");
    Files.delete(secret);
    var unused = makeKey();
    assertRefused(head, "change one of them");

    Files.writeString(secret, good);
    assertThat(node.hub.unsigned()).isEmpty();
    land(node.decide(head, "Add a"));
    assertThat(git("verify-commit", node.repository.head().hex())).isNotZero();
    allow(key);
    assertThat(git("verify-commit", node.repository.head().hex())).isZero();
  }

  @Test
  void landsOnceThoughTheHubDiesOnTheWay() throws Exception {
    land(policy(new LandingPolicy(Method.REBASE, true, Optional.of(makeKey()))));
    ObjectId head = change(change(node.repository.head(), "a"), "b");
    MergeDecision decision = node.decide(head, "Add a and b");
    Block block = node.chain.block(tip, node.chain.approved(decision, 0, 1, 2));
    TestingCrash.at(data, "hub-after-commit-written");

    assertThatThrownBy(() -> node.hub.apply(block, node.chain.finality(block, 0, 1, 2)))
        .isInstanceOf(TestingCrash.Died.class);
    TestingHub restarted = node.restarted();
    assertThat(restarted.hub.apply(block, node.chain.finality(block, 1, 2, 3))).isTrue();

    assertThat(restarted.repository.head().hex()).isEqualTo(decision.commit());
  }

  /** The proposal's own commits are gone: what lands is there, by the validators' certificates. */
  @ParameterizedTest
  @EnumSource(Method.class)
  void aHubThatLostItsVolumeHasWhatLandedFromTheValidators(Method method) throws Exception {
    PolicyDecision policy = policy(new LandingPolicy(method, true, Optional.of(makeKey())));
    List<Block> blocks = new ArrayList<>(List.of(landed(policy)));
    ObjectId head = change(change(node.repository.head(), "a"), "b");
    blocks.add(landed(node.decide(head, "Add a and b")));
    HubRepository empty = HubRepository.open(folder.resolve("empty"), "main");
    Seed.plant(empty, folder.resolve("no-seed"), "s");
    Hub restored =
        new Hub(
            node.chain.genesis,
            empty,
            folder.resolve("empty"),
            InstantSource.system(),
            node.chain.hub.signingKey(),
            (commit, haves) -> bring(commit, haves, empty),
            Optional.empty(),
            new SigningSecret(folder.resolve("none")));

    for (Block block : blocks) {
      assertThat(restored.apply(block, node.chain.finality(block, 0, 1, 2))).isTrue();
    }

    assertThat(empty.head()).isEqualTo(node.repository.head());
    assertThat(empty.git().hasCommit(head)).isEqualTo(method == Method.MERGE);
  }

  private void bring(ObjectId commit, List<ObjectId> haves, HubRepository to) throws IOException {
    Path bundle = folder.resolve("lost.bundle");
    try (OutputStream out = Files.newOutputStream(bundle)) {
      new BundleWriter(node.repository.git())
          .write(Map.of(RefName.of("refs/heads/lost"), commit), haves, out);
    }
    assertThat(new BundleImporter(to.git()).importBundle(bundle, commit))
        .isInstanceOf(BundleImporter.Result.Imported.class);
  }

  private void assertRefused(ObjectId head, String why) {
    assertThat(node.hub.unsigned()).hasValueSatisfying(text -> assertThat(text).contains(why));
    assertThatThrownBy(() -> node.decide(head, "Add a"))
        .isInstanceOf(UnsignedException.class)
        .hasMessageContaining(why);
  }

  /** With ssh-keygen, as a person makes it; git trusts it from then on. */
  private CommitKey makeKey() throws Exception {
    Path secret = Files.createDirectories(data.resolve("signing")).resolve("ssh-privatekey");
    Files.deleteIfExists(secret);
    Files.deleteIfExists(data.resolve("signing/ssh-privatekey.pub"));
    assertThat(run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "x", "-f", secret + ""))
        .isZero();
    CommitKey key = CommitKey.parse(Files.readString(data.resolve("signing/ssh-privatekey.pub")));
    allow(key);
    return key;
  }

  private void allow(CommitKey key) throws IOException {
    Files.writeString(folder.resolve("signers"), "hub@s.qudag.invalid " + key + "\n");
  }

  private int git(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "git",
                "-C",
                node.repository.git().directory().toString(),
                "-c",
                "gpg.ssh.allowedSignersFile=" + folder.resolve("signers")));
    command.addAll(List.of(arguments));
    return run(command.toArray(String[]::new));
  }

  private int run(String... command) throws Exception {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("output").toFile())
        .start()
        .waitFor();
  }

  private PolicyDecision policy(LandingPolicy landing) {
    var state = node.state();
    return PolicyDecision.sign(
        new PolicyChange(
            state.chainId(),
            state.policyChanges(),
            state.policyDigest(),
            new Policy(List.of(), List.of(), Policy.AUTO_RESOLVE, landing)),
        node.chain.operator.signingKey());
  }

  private void land(Decision decision) {
    var unused = landed(decision);
  }

  private Block landed(Decision decision) {
    Block block = node.chain.block(tip, node.chain.approved(decision, 0, 1, 2));
    tip = block.header();
    assertThat(node.hub.apply(block, node.chain.finality(block, 0, 1, 2))).isTrue();
    return block;
  }

  private ObjectId change(ObjectId on, String path) {
    var git = node.repository.git();
    Map<String, byte[]> files = new TreeMap<>();
    git.entries(on)
        .forEach(
            entry ->
                files.put(
                    new String(entry.path(), StandardCharsets.UTF_8), git.content(entry.id())));
    files.put(path, path.getBytes(StandardCharsets.UTF_8));
    var meta = new CommitMeta("Linus", "l@example.org", "Linus", "l@example.org", 1, "Add " + path);
    return git.writeCommit(CommitBuilder.bytes(git.writeTree(files), List.of(on), meta));
  }

  private List<String> paths(ObjectId commit) {
    return node.repository.git().entries(commit).stream()
        .map(entry -> new String(entry.path(), StandardCharsets.UTF_8))
        .toList();
  }

  private String text(ObjectId commit) {
    return new String(node.repository.git().content(commit), StandardCharsets.UTF_8);
  }
}
