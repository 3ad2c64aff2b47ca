package dev.qudag.operator.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.certificate.Recovery;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.AdminSignature;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.crypto.SigningKey;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.operator.node.SwarmKey;
import dev.qudag.operator.node.TestingNodes;
import dev.qudag.operator.policy.ChainPolicy;
import dev.qudag.operator.swarm.GenesisMaker.Outcome;
import dev.qudag.operator.swarm.configmap.RecoveryMap;
import dev.qudag.operator.swarm.configmap.ToSign;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A hub with the volume of a chain whose validators are lost, and four new validators. */
class GenesisMakerTest {
  private static final SwarmKey KEY = new SwarmKey("team", "s");
  private static final SigningKey ADMIN = SigningKey.generate();

  private final TestingNodes nodes = new TestingNodes();
  private final GenesisMaker maker = new GenesisMaker(nodes.operator(), nodes);
  private final TestingSwarm swarm =
      new TestingSwarm()
          .withoutGenesis()
          .withClaimOf("earlier")
          .withPod("s-hub-0", "status: {phase: Running}");

  private Genesis old;

  @BeforeEach
  void loseTheValidators() {
    old = old();
    nodes.join("s-hub", old);
    IntStream.range(0, 4).forEach(index -> nodes.loseVolume("s-v" + index));
  }

  private Genesis old(VerifyingKey... administrators) {
    var policy = ChainPolicy.of(swarm.observed().swarm().getSpec().policy());
    Genesis made = nodes.genesis(KEY, 4, policy);
    return new Genesis(
        made.nonce(),
        made.swarm(),
        made.branch(),
        made.head(),
        made.operator(),
        made.hub(),
        made.members(),
        made.policy(),
        made.viewTimeoutMillis(),
        List.of(administrators));
  }

  /** The old genesis names an administrator. */
  private void guard() {
    old = old(SigningKey.generate().verifyingKey(), ADMIN.verifyingKey());
    nodes.join("s-hub", old);
    IntStream.range(0, 4).forEach(index -> nodes.loseVolume("s-v" + index));
  }

  private Outcome make() {
    swarm.withRecovery(
        new RecoveryMap.Content.Proven(new Recovery(old, Optional.empty(), List.of())));
    return maker.make(swarm.observed());
  }

  private static Outcome.Made made(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Made.class);
    return (Outcome.Made) outcome;
  }

  private static Finding notYet(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.NotYet.class);
    return ((Outcome.NotYet) outcome).why();
  }

  /** What a person is asked to sign, and the swarm as it is once that is shown. */
  private Genesis shown(Outcome outcome) {
    ToSign toSign = notYet(outcome).toSign().orElseThrow();
    swarm.withToSign(toSign.map(swarm.observed().swarm()));
    return Genesis.decode(toSign.change().toArray());
  }

  @Test
  void makesAChainInThePlaceOfTheOldOneFromItsBranchAndNewKeys() {
    Outcome.Made made = made(make());
    assertThat(made.succession()).isEmpty();
    assertThat(made.genesis().predecessor().orElseThrow().genesis()).isEqualTo(old.digest());
    assertThat(made.genesis().head()).isEqualTo(old.head());
    assertThat(made.genesis().hub()).isEqualTo(old.hub());
    assertThat(made.genesis().members().stream().map(Member::signingKey))
        .hasSize(4)
        .doesNotContainAnyElementsOf(old.members().stream().map(Member::signingKey).toList());
  }

  @Test
  void namesTheFileOfGitLfsThatKeepsTheRepositoryFromStarting() {
    nodes.waits("s-hub", "LfsUnsupported: 'art/.gitattributes' has filter=lfs: take that out");

    Finding finding = notYet(make());

    assertThat(finding.reason()).isEqualTo("LfsUnsupported");
    assertThat(finding.kind()).isEqualTo(Finding.Kind.STALLED);
    assertThat(finding.message()).startsWith("'art/.gitattributes' has filter=lfs");
  }

  @Test
  void waitsForAHubThatHasNoFirstCommitYet() {
    nodes.waits("s-hub", "upstream cannot be reached: no route");

    assertThat(notYet(make()).reason()).isEqualTo("Enrolling");
  }

  @Test
  void asksAnAdministratorOfTheOldChainForASignatureOverAllOfIt() {
    guard();
    Finding finding = notYet(make());
    assertThat(finding.reason()).isEqualTo("AwaitingAdministrator");
    assertThat(finding.kind()).isEqualTo(Finding.Kind.STALLED);
    assertThat(finding.toSign().orElseThrow().kind()).isEqualTo(ToSign.Kind.RECOVERY);
  }

  /** It has a random part: another one in each pass could never be signed. */
  @Test
  void showsTheSameUntilSomethingChanges() {
    guard();
    Genesis first = shown(make());
    assertThat(shown(make())).isEqualTo(first);
    nodes.loseVolume("s-v2");
    assertThat(shown(make())).isNotEqualTo(first);
  }

  /** A person may be signing it while a node does not answer. */
  @Test
  void keepsWhatIsShownUntilThereIsAGenesis() {
    guard();
    Genesis first = shown(make());
    swarm.withPod("s-v1-0", "status: {phase: Pending}");
    assertThat(notYet(make()).toSign()).isEmpty();
    assertThat(swarm.observed().shownInVain()).isEmpty();
    swarm.withPod("s-v1-0", "status: {phase: Running}");
    assertThat(shown(make())).isEqualTo(first);
    assertThat(new TestingSwarm().withToSign(swarm.observed().toSign().orElseThrow()).observed())
        .satisfies(begun -> assertThat(begun.shownInVain()).isPresent());
  }

  @Test
  void makesWhatAnAdministratorSigned() {
    guard();
    Genesis shown = shown(make());
    AdminSignature signature = AdminSignature.sign(shown.encode(), ADMIN);
    swarm.withSignature(signature.toText());

    Outcome.Made made = made(make());

    assertThat(made.genesis()).isEqualTo(shown);
    assertThat(made.succession()).contains(signature);
  }

  @Test
  void makesNothingThatSomebodyElseSigned() {
    guard();
    Genesis shown = shown(make());
    Stream.of(SigningKey.generate(), nodes.operator().signingKey())
        .map(key -> AdminSignature.sign(shown.encode(), key).toText())
        .forEach(
            text -> {
              swarm.withSignature(text);
              assertThat(notYet(make()).message()).contains("is no signature over it");
            });
  }

  @Test
  void saysWhatIsInTheWay() {
    nodes.join("s-v1", old);
    assertThat(notYet(make()).reason()).isEqualTo("RecoveryRefused");
    assertThat(notYet(make()).message()).contains("s-v1", "PersistentVolumeClaims");
  }

  @Test
  void takesNoChainsPlaceUnlessAPersonAsks() {
    assertThat(notYet(maker.make(swarm.observed())).reason()).isEqualTo("GenesisLost");
    nodes.loseVolume("s-hub");
    assertThat(made(maker.make(swarm.observed())).genesis().predecessor()).isEmpty();
  }
}
