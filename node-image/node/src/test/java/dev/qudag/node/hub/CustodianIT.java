package dev.qudag.node.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qudag.consensus.chain.custody.CustodyRecord;
import dev.qudag.consensus.chain.custody.SignedCustody;
import dev.qudag.consensus.chain.proposal.SignedStatement;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.crypto.SigningKey;
import dev.qudag.merge.CommitBuilder;
import dev.qudag.merge.CommitMeta;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.RefName;
import dev.qudag.merge.git.GitRepository;
import dev.qudag.node.net.Callers;
import dev.qudag.node.net.NodeServer;
import dev.qudag.node.net.PinnedChannels;
import dev.qudag.node.objects.ObjectFetcher;
import dev.qudag.node.objects.ObjectStoreService;
import dev.qudag.node.validator.custody.Custodian;
import dev.qudag.node.validator.custody.CustodyLimits;
import dev.qudag.node.validator.custody.Holding;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a validator keeps for a hub that may lie, over real git and TLS. */
class CustodianIT {
  @TempDir Path folder;
  private TestingHub hub;
  private NodeServer server;
  private ManagedChannel channel;
  private GitRepository objects;

  /** Signatures are hedged: the same twice is made once. */
  private final Map<ObjectId, CustodyRecord.Kept> records = new HashMap<>();

  @BeforeEach
  void serveTheHubsObjects() throws Exception {
    hub = TestingHub.on(folder.resolve("hub"), 4);
    server = NodeServer.start(hub.chain.hub, 0);
    server.add(
        new ObjectStoreService(hub.repository.git(), new Callers("anybody", caller -> true))
            .guarded());
    channel =
        new PinnedChannels(NodeIdentity.generate())
            .to("localhost", server.port(), hub.chain.hub.tlsFingerprint());
    objects = GitRepository.openOrInit(folder.resolve("v/objects.git"), RefName.branch("main"));
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.close();
  }

  @Test
  void keepsAProposalWithItsObjectsAlsoThroughARestart() throws Exception {
    ObjectId commit = hub.commit("a", "1");

    assertThat(custodian().keep(signed(kept(commit)))).isEmpty();

    assertThat(custodian().holdings())
        .extracting(CustodianIT::record)
        .containsExactly(kept(commit));
    assertThat(objects.hasCommit(commit)).isTrue();
    assertThat(objects.refs(RefName.of("refs/qudag/custody")).values()).containsExactly(commit);
  }

  @Test
  void keepsNothingThatTheHubOfTheChainDidNotSign() throws Exception {
    var forged = kept(hub.commit("a", "1")).sign(SigningKey.generate());

    assertThat(reason(custodian(), forged)).isEqualTo("BadRecord");
    assertThat(custodian().holdings()).isEmpty();
  }

  @Test
  void keepsNothingOfALyingHubThatNoWorkspaceSigned() throws Exception {
    CustodyRecord.Kept kept = kept(hub.commit("a", "1"));
    var forged =
        new CustodyRecord.Kept(
            new SignedStatement(
                kept.author().statement(),
                SigningKey.generate().sign(kept.author().statement().encode())),
            kept.grant(),
            List.of(),
            0,
            1);

    assertThat(reason(custodian(), signed(forged))).isEqualTo("BadRecord");
  }

  @Test
  void keepsNoRecordOfALyingHubThatFillsTheMemory() throws Exception {
    CustodyRecord.Kept kept = kept(hub.commit("a", "1"));
    List<String> names = Collections.nCopies(200, "n".repeat(253));
    var large = new CustodyRecord.Kept(kept.author(), kept.grant(), names, 0, 1);

    assertThat(reason(custodian(), signed(large))).isEqualTo("BadRecord");
  }

  /** Another name of .git on some disks. */
  @Test
  void aHostileBundleOfALyingHubIsRefusedAndLeavesNothing() throws Exception {
    GitRepository git = hub.repository.git();
    byte[] hook = "#!/bin/sh\n".getBytes(StandardCharsets.UTF_8);
    ObjectId hostile =
        git.writeCommit(
            CommitBuilder.bytes(
                git.writeTree(Map.of("git~1", hook)),
                List.of(),
                new CommitMeta("a", "a@example.invalid", "a", "a@example.invalid", 1, "x")));

    assertThat(reason(custodian(), signed(kept(hostile)))).isEqualTo("HostileTree");
    assertThat(objects.hasCommit(hostile)).isFalse();
    assertThat(custodian().holdings()).isEmpty();
  }

  @Test
  void acknowledgesNothingWhoseObjectsTheHubWithholds() throws Exception {
    CustodyRecord.Kept kept = kept(ObjectId.of("1".repeat(40)));
    Custodian custodian = custodian();

    assertThatThrownBy(() -> custodian.keep(signed(kept)))
        .isInstanceOf(StatusRuntimeException.class);
    assertThat(custodian.holdings()).isEmpty();
  }

  @Test
  void whenItIsFullItSaysSoAndDropsNothing() throws Exception {
    Custodian narrow = custodian(new CustodyLimits(8, 1, 8, 1 << 20, 1 << 20));
    ObjectId first = hub.commit("a", "1");
    assertThat(narrow.keep(signed(kept(first)))).isEmpty();

    assertThat(narrow.keep(signed(kept(hub.commit("b", "1")))))
        .contains(
            new Custodian.Refused(
                "CustodyFull",
                "this validator keeps 1 open proposals of workspace workspace-1, at most 1"));
    assertThat(narrow.keep(signed(kept(first)))).as("what is held is no news").isEmpty();
    assertThat(narrow.holdings()).extracting(CustodianIT::record).containsExactly(kept(first));
  }

  @Test
  void takesNoMoreBytesThanThereIsRoomFor() throws Exception {
    Custodian narrow = custodian(new CustodyLimits(8, 8, 8, 64, 64));

    assertThat(reason(narrow, signed(kept(hub.commit("a", "1"))))).isEqualTo("CustodyFull");
    assertThat(narrow.holdings()).isEmpty();
  }

  @Test
  void whatHasEndedDoesNotComeBack() throws Exception {
    Custodian custodian = custodian();
    CustodyRecord.Kept kept = kept(hub.commit("a", "1"));
    assertThat(custodian.keep(signed(kept))).isEmpty();
    var ended =
        new CustodyRecord.Ended(
            kept.chainId(), kept.proposal(), kept.workspaceUid(), "Withdrawn", "deleted", 1);

    assertThat(custodian.keep(signed(ended))).isEmpty();

    assertThat(reason(custodian, signed(kept))).isEqualTo("Ended");
    assertThat(custodian().holdings()).extracting(CustodianIT::record).containsExactly(ended);
    assertThat(objects.refs(RefName.of("refs/qudag/custody"))).isEmpty();
  }

  @Test
  void whatTheHubDropsIsGone() throws Exception {
    Custodian custodian = custodian();
    CustodyRecord.Kept kept = kept(hub.commit("a", "1"));
    assertThat(custodian.keep(signed(kept))).isEmpty();

    custodian.drop(List.of("mp-unknown", kept.proposal()));

    assertThat(custodian.holdings()).isEmpty();
    assertThat(custodian().holdings()).isEmpty();
  }

  private static CustodyRecord record(Holding holding) {
    return holding.custody().record();
  }

  private static String reason(Custodian custodian, SignedCustody offered) throws IOException {
    return custodian.keep(offered).orElseThrow().reason();
  }

  private CustodyRecord.Kept kept(ObjectId commit) {
    return records.computeIfAbsent(
        commit,
        _ ->
            new CustodyRecord.Kept(
                hub.chain.statement(commit.hex(), "Add").sign(hub.chain.workspace.signingKey()),
                hub.chain.grant(),
                List.of(),
                0,
                1));
  }

  private SignedCustody signed(CustodyRecord record) {
    return record.sign(hub.chain.hub.signingKey());
  }

  private Custodian custodian() throws IOException {
    return custodian(CustodyLimits.STANDARD);
  }

  private Custodian custodian(CustodyLimits limits) throws IOException {
    return new Custodian(
        hub.chain.genesis,
        folder.resolve("v"),
        objects,
        new ObjectFetcher(channel, objects),
        Optional::empty,
        limits);
  }
}
