package dev.qudag.node.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.certificate.CertificateVerifier;
import dev.qudag.consensus.certificate.Seal;
import dev.qudag.consensus.certificate.Verification;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.simplex.block.Block;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.node.hub.book.Standing;
import dev.qudag.node.verify.CertificateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub whose set of four loses its second member. */
class SealedLandingIT {
  @TempDir Path data;
  private TestingHub node;
  private SetDecision removal;
  private Block seal;

  @BeforeEach
  void seal() throws IOException {
    node = TestingHub.on(data, 4);
    removal = node.chain.removal(1);
    seal = node.chain.block(node.chain.start(), node.chain.approved(removal, 0, 2, 3));
    assertThat(node.hub.apply(seal, node.chain.finality(seal, 0, 2, 3))).isTrue();
  }

  private Map<Integer, NodeIdentity> left() {
    List<NodeIdentity> validators = node.chain.validators;
    return Map.of(0, validators.get(0), 1, validators.get(2), 2, validators.get(3));
  }

  private Block next(MergeDecision decision) {
    return node.chain.block(
        BlockHeader.root(seal.header()), node.chain.approved(decision, 1, left()));
  }

  @Test
  void theNextSetLandsOnAndTheFileOfItsCertificateLeadsThereFromGenesis() throws IOException {
    assertThat(node.state().set().members()).extracting(Member::index).containsExactly(0, 2, 3);
    TestingHub restarted = node.restarted();
    MergeDecision decision = restarted.decide(restarted.commit("a", "1"), "Add a");
    Block block = next(decision);
    assertThat(restarted.hub.apply(block, node.chain.finality(block, left()))).isTrue();

    assertThat(restarted.repository.head().hex()).isEqualTo(decision.commit());
    Standing.Landed landed = (Standing.Landed) restarted.standing(decision);
    Path path = data.resolve("certificates").resolve(landed.certificate().hex() + ".json");
    CertificateFile file = CertificateFile.read(Files.readAllBytes(path));
    assertThat(file.seals()).extracting(Seal::decision).containsExactly(removal);
    assertThat(
            CertificateVerifier.verify(
                file.certificate().encode(),
                node.chain.genesis.encode(),
                node.chain.genesis.digest(),
                file.seals().stream().map(Seal::encode).toList()))
        .isInstanceOf(Verification.Proven.class);
  }

  @Test
  void whoWasRemovedSignsForNothingAnyMore() {
    MergeDecision decision = node.decide(node.commit("a", "1"), "Add a");
    Block block = next(decision);
    NodeIdentity gone = node.chain.validators.get(1);
    Map<Integer, NodeIdentity> forged = Map.of(0, left().get(0), 1, gone, 2, left().get(2));
    assertThat(node.hub.apply(block, node.chain.finality(block, forged))).isFalse();
    Block inTheOldEpoch = node.chain.block(seal.header(), node.chain.approved(decision, 0, 1, 2));
    assertThat(node.hub.apply(inTheOldEpoch, node.chain.finality(inTheOldEpoch, 0, 1, 2)))
        .isFalse();
    assertThat(node.state().height()).isEqualTo(1);
  }
}
