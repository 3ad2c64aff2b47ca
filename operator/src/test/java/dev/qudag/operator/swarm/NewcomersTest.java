package dev.qudag.operator.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.chain.decision.Grounds;
import dev.qudag.consensus.chain.decision.SetChange;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.chain.identity.AdminSignature;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.crypto.SigningKey;
import dev.qudag.operator.swarm.configmap.ToSign;
import dev.qudag.proto.HubState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Of four validators evidence removed the second. */
class NewcomersTest {
  private static final String NEWCOMER = "s-v4";

  private final TestingHub hub = new TestingHub();
  private final NodeIdentity operator = TestingSwarm.NODES.operator();
  private final Newcomers newcomers = new Newcomers(operator, TestingSwarm.NODES);

  @BeforeEach
  void emptyVolume() {
    TestingSwarm.NODES.loseVolume(NEWCOMER);
  }

  private static TestingSwarm shrunk(long epochOfTheHub) {
    return new TestingSwarm().without(1).withHub(HubState.newBuilder().setEpoch(epochOfTheHub));
  }

  private static TestingSwarm running(long epochOfTheHub) {
    return shrunk(epochOfTheHub).withPod(NEWCOMER + "-0", "status: {phase: Running}");
  }

  private Finding advance(TestingSwarm swarm) {
    return newcomers.advance(swarm.observed(), Optional.of(hub)).orElseThrow();
  }

  @Test
  void nobodyJoinsASetThatIsComplete() {
    assertThat(newcomers.advance(new TestingSwarm().observed(), Optional.of(hub))).isEmpty();
  }

  @Test
  void waitsForThePodOfTheNextIndex() {
    assertThat(advance(shrunk(1)))
        .isEqualTo(Finding.reconciling("SetChanging", "Waiting for the pods of s-v4"));
    assertThat(hub.handedIn).isEmpty();
  }

  @Test
  void enrolsItHandsItTheGenesisAndHandsInTheChangeThatNamesItsKeys() {
    assertThat(advance(running(1)).message()).contains("decide that s-v4 join");

    assertThat(TestingSwarm.NODES.hasJoined(NEWCOMER)).isTrue();
    SetDecision decision = hub.handedIn.getFirst();
    NodeIdentity keys = TestingSwarm.NODES.identity(NEWCOMER);
    assertThat(decision.change().in())
        .containsExactly(new Member(4, NEWCOMER, keys.verifyingKey(), keys.tlsFingerprint(), 1));
    assertThat(decision.change().out()).isEmpty();
    assertThat(decision.change().epoch()).isEqualTo(1);
    assertThat(decision.grounds())
        .isInstanceOfSatisfying(
            Grounds.OperatorsWord.class,
            word ->
                assertThat(
                        operator
                            .verifyingKey()
                            .verify(decision.change().encode(), word.signature()))
                    .isTrue());
  }

  @Test
  void handsTheSameDecisionInUntilItHasLanded() {
    advance(running(1));
    advance(running(1));
    assertThat(hub.handedIn).hasSize(2).containsOnly(hub.handedIn.getFirst());
    advance(running(2));
    assertThat(hub.handedIn).as("the chain has left that epoch").hasSize(2);
  }

  @Test
  void saysWhyTheValidatorsRejectedThatItJoins() {
    advance(running(1));
    Finding finding = advance(running(1).withRejected(change().encode(), "TooLarge: by far"));
    assertThat(finding.kind()).isEqualTo(Finding.Kind.STALLED);
    assertThat(finding.reason()).isEqualTo("SetRejected");
    assertThat(finding.message())
        .contains("s-v4", "validators.replicas")
        .endsWith("TooLarge: by far");
  }

  @Test
  void keepsNothingOfASwarmThatIsGone() {
    advance(running(1));
    newcomers.forget(running(1).observed().key());
    advance(running(1));
    assertThat(hub.handedIn).extracting(SetDecision::change).containsOnly(change());
    assertThat(hub.handedIn).as("signatures are randomised").doesNotHaveDuplicates().hasSize(2);
  }

  private SetChange change() {
    return hub.handedIn.getFirst().change();
  }

  @Test
  void asksAPersonWhereTheGenesisNamesAdministratorKeys() {
    Finding finding = advance(running(1).withAdministrators(SigningKey.generate()));
    assertThat(finding.kind()).isEqualTo(Finding.Kind.STALLED);
    assertThat(finding.reason()).isEqualTo("NeedsAdministrator");
    ToSign toSign = finding.toSign().orElseThrow();
    assertThat(finding.message()).contains("That s-v4 join", toSign.digest(), "admin sign");
    SetChange change = SetChange.decode(toSign.change().toArray());
    assertThat(change.epoch()).isEqualTo(1);
    assertThat(change.in().getFirst().signingKey())
        .isEqualTo(TestingSwarm.NODES.identity(NEWCOMER).verifyingKey());
    assertThat(hub.handedIn).isEmpty();
  }

  @Test
  void handsInWhatAnAdministratorHasSigned() {
    SigningKey admin = SigningKey.generate();
    TestingSwarm swarm = running(1).withAdministrators(SigningKey.generate(), admin);
    byte[] change = advance(swarm).toSign().orElseThrow().change().toArray();
    AdminSignature signature = AdminSignature.sign(change, admin);

    Finding finding = advance(swarm.withSignature(signature.toText()));

    assertThat(finding.message()).contains("decide that s-v4 join");
    assertThat(finding.toSign()).isEmpty();
    assertThat(hub.handedIn)
        .containsExactly(
            new SetDecision(SetChange.decode(change), new Grounds.Administrator(signature)));
  }

  @Test
  void handsInNothingThatSomebodyElseSigned() {
    TestingSwarm swarm = running(1).withAdministrators(SigningKey.generate());
    byte[] change = advance(swarm).toSign().orElseThrow().change().toArray();
    for (AdminSignature signature :
        List.of(
            AdminSignature.sign(change, SigningKey.generate()),
            AdminSignature.sign(change, operator.signingKey()))) {
      Finding finding = advance(swarm.withSignature(signature.toText()));
      assertThat(finding.message()).contains("is no signature over it");
    }
    assertThat(hub.handedIn).isEmpty();
  }

  /** What the set of an epoch that is over would be asked is not what will be decided. */
  @Test
  void asksNobodyToSignForASetThatTheChainHasLeft() {
    Finding finding = advance(running(2).withAdministrators(SigningKey.generate()));
    assertThat(finding.toSign()).isEmpty();
    assertThat(finding.message()).contains("Waiting for the hub");
  }

  @Test
  void refusesAVolumeOfAnotherChain() {
    advance(running(1).withAdministrators(SigningKey.generate()));
    assertThat(advance(running(1)).reason()).isEqualTo("EnrolmentRefused");
    assertThat(hub.handedIn).isEmpty();
  }
}
