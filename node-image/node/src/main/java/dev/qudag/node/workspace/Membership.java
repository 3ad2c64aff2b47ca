package dev.qudag.node.workspace;

import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.SignedGrant;
import dev.qudag.consensus.chain.proposal.AuthorStatement;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.SigningKey;
import java.time.InstantSource;

/**
 * Who this workspace is on its chain, and what it says there.
 *
 * @param branch full ref name of the protected branch
 */
record Membership(
    Digest chainId,
    String branch,
    String agent,
    SignedGrant grant,
    SigningKey key,
    InstantSource clock) {

  static Membership of(
      Genesis genesis, String agent, SignedGrant grant, SigningKey key, InstantSource clock) {
    return new Membership(genesis.chainId(), genesis.branch(), agent, grant, key, clock);
  }

  AuthorStatement statement(String commit, String title) {
    return new AuthorStatement(
        chainId,
        grant.grant().workspaceUid(),
        grant.grant().workspaceName(),
        agent,
        commit,
        branch,
        title,
        clock.millis());
  }
}
