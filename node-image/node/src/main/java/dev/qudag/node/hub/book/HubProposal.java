package dev.qudag.node.hub.book;

import dev.qudag.consensus.chain.identity.SignedGrant;
import dev.qudag.consensus.chain.proposal.AuthorStatement;
import dev.qudag.crypto.Bytes;
import dev.qudag.merge.ObjectId;
import java.util.List;
import java.util.Optional;

/**
 * What is to land, who wants it, and how it stands.
 *
 * @param sequence order of acceptance
 * @param dependsOn names of proposals that must land before it
 * @param priority that its agent asks for
 * @param isAlone a decision of it together with others was rejected: it is decided by itself
 */
public record HubProposal(
    String name,
    long sequence,
    long acceptedAtMillis,
    ProposalSource source,
    Standing standing,
    List<String> dependsOn,
    int priority,
    boolean isAlone) {

  /** The file of an earlier build names no dependencies, and nothing about others. */
  public HubProposal {
    dependsOn = dependsOn == null ? List.of() : List.copyOf(dependsOn);
  }

  static HubProposal open(
      ProposalSource source, List<String> dependsOn, int priority, long sequence, long now) {
    return new HubProposal(
        source.proposal(), sequence, now, source, new Standing.Open(), dependsOn, priority, false);
  }

  /** What a workspace hands in beside the objects. */
  public record Submission(AuthorStatement statement, Bytes signature, SignedGrant grant) {}

  /** The commit that is proposed, or that is to be undone. */
  public ObjectId commit() {
    return ObjectId.of(source.commit());
  }

  /** Who proposed it; nobody of a revert. */
  public Optional<String> workspaceUid() {
    return switch (source) {
      case ProposalSource.Change change -> Optional.of(change.author().workspaceUid());
      case ProposalSource.Revert revert -> Optional.empty();
    };
  }

  HubProposal with(Standing next) {
    return new HubProposal(
        name, sequence, acceptedAtMillis, source, next, dependsOn, priority, isAlone);
  }

  HubProposal with(ProposalSource next) {
    return new HubProposal(
        name, sequence, acceptedAtMillis, next, standing, dependsOn, priority, isAlone);
  }

  HubProposal apart(Standing next) {
    return new HubProposal(
        name, sequence, acceptedAtMillis, source, next, dependsOn, priority, true);
  }
}
