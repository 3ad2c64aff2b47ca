package dev.qudag.consensus.simplex;

import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.block.PayloadRules;
import dev.qudag.consensus.simplex.message.Ballot;
import dev.qudag.consensus.simplex.message.Certificate;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import java.util.stream.IntStream;

/** Headers over payloads of numbers, and certificates by members of the tests' choice. */
final class TestingBlocks {
  private TestingBlocks() {}

  static BlockHeader child(BlockHeader parent, long view, Bytes payload) {
    return header(parent, parent.height() + 1, view, parent.digest(), payload);
  }

  /** The same place, another payload. */
  static BlockHeader sibling(BlockHeader header, Bytes payload) {
    return header(header, header.height(), header.view(), header.parentDigest(), payload);
  }

  /** The same place, but for one height too many. */
  static BlockHeader raised(BlockHeader header) {
    return new BlockHeader(
        header.chainId(),
        header.epoch(),
        header.height() + 1,
        header.view(),
        header.parentDigest(),
        header.payloadDigest(),
        header.payloadCount());
  }

  static Certificate certificate(Ballot ballot, int... signers) {
    return Certificate.of(
        ballot,
        IntStream.of(signers).mapToObj(signer -> TestingKeys.vote(ballot, signer)).toList());
  }

  private static BlockHeader header(
      BlockHeader chain, long height, long view, Digest parent, Bytes payload) {
    PayloadRules.Commitment commitment = new TestingPayloads().commit(payload).orElseThrow();
    return new BlockHeader(
        chain.chainId(),
        chain.epoch(),
        height,
        view,
        parent,
        commitment.digest(),
        commitment.count());
  }
}
