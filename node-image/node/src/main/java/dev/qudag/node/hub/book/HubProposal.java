package dev.qudag.node.hub.book;

import dev.qudag.consensus.chain.identity.SignedGrant;
import dev.qudag.consensus.chain.proposal.AuthorStatement;
import dev.qudag.consensus.chain.proposal.SignedStatement;
import dev.qudag.crypto.Bytes;
import dev.qudag.merge.ObjectId;

/**
 * A change that a workspace asked to land, with the two signatures that prove it, and how it
 * stands.
 *
 * @param sequence order of acceptance
 * @param statement canonical AuthorStatement
 * @param statementSignature by the workspace's key
 * @param grant canonical SignedGrant
 */
public record HubProposal(
    String name,
    long sequence,
    long acceptedAtMillis,
    Bytes statement,
    Bytes statementSignature,
    Bytes grant,
    Standing standing) {

  static HubProposal open(Submission submission, long sequence, long now) {
    return new HubProposal(
        submission.statement().proposal(),
        sequence,
        now,
        Bytes.of(submission.statement().encode()),
        submission.signature(),
        Bytes.of(submission.grant().encode()),
        new Standing.Open());
  }

  /** What a workspace hands in beside the objects. */
  public record Submission(AuthorStatement statement, Bytes signature, SignedGrant grant) {}

  public AuthorStatement author() {
    return AuthorStatement.decode(statement.toArray());
  }

  public SignedStatement signedStatement() {
    return new SignedStatement(author(), statementSignature);
  }

  public SignedGrant signedGrant() {
    return SignedGrant.decode(grant.toArray());
  }

  public ObjectId commit() {
    return ObjectId.of(author().commit());
  }

  HubProposal with(Standing next) {
    return new HubProposal(
        name, sequence, acceptedAtMillis, statement, statementSignature, grant, next);
  }
}
