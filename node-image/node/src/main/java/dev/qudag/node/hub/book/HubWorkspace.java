package dev.qudag.node.hub.book;

import dev.qudag.consensus.chain.identity.SignedGrant;
import dev.qudag.consensus.chain.proposal.AuthorStatement;
import dev.qudag.crypto.Bytes;
import java.util.Optional;

/**
 * What the hub keeps of a workspace.
 *
 * @param candidate its last snapshot, which nobody has proposed yet
 * @param handoverPodUid the pod whose last snapshot is here; empty when none is
 */
public record HubWorkspace(String uid, String name, Candidate candidate, String handoverPodUid) {

  /**
   * A commit that the hub holds for the case that somebody wants to propose it; the empty one is
   * none.
   */
  public record Candidate(Bytes statement, Bytes signature, Bytes grant) {
    public static final Candidate NONE = new Candidate(Bytes.EMPTY, Bytes.EMPTY, Bytes.EMPTY);

    public static Candidate of(HubProposal.Submission submission) {
      return new Candidate(
          Bytes.of(submission.statement().encode()),
          submission.signature(),
          Bytes.of(submission.grant().encode()));
    }

    public Optional<HubProposal.Submission> submission() {
      return statement.size() == 0
          ? Optional.empty()
          : Optional.of(
              new HubProposal.Submission(
                  AuthorStatement.decode(statement.toArray()),
                  signature,
                  SignedGrant.decode(grant.toArray())));
    }
  }

  static HubWorkspace unknown(String uid, String name) {
    return new HubWorkspace(uid, name, Candidate.NONE, "");
  }

  public HubWorkspace with(Candidate next) {
    return new HubWorkspace(uid, name, next, handoverPodUid);
  }

  public HubWorkspace handedOver(String podUid) {
    return new HubWorkspace(uid, name, candidate, podUid);
  }
}
