package dev.qudag.node.hub.book;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.qudag.consensus.chain.identity.SignedGrant;
import dev.qudag.consensus.chain.proposal.AuthorStatement;
import dev.qudag.consensus.chain.proposal.RevertOrder;
import dev.qudag.consensus.chain.proposal.SignedStatement;
import dev.qudag.crypto.Bytes;

/** Who wants a proposal to land, with the signatures that prove it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
  @JsonSubTypes.Type(ProposalSource.Change.class),
  @JsonSubTypes.Type(ProposalSource.Revert.class)
})
public sealed interface ProposalSource {
  /**
   * A workspace proposes a commit.
   *
   * @param statement canonical AuthorStatement
   * @param statementSignature by the workspace's key
   * @param grant canonical SignedGrant
   */
  record Change(Bytes statement, Bytes statementSignature, Bytes grant) implements ProposalSource {
    static Change of(HubProposal.Submission submission) {
      return new Change(
          Bytes.of(submission.statement().encode()),
          submission.signature(),
          Bytes.of(submission.grant().encode()));
    }

    public AuthorStatement author() {
      return AuthorStatement.decode(statement.toArray());
    }

    public SignedStatement signedStatement() {
      return new SignedStatement(author(), statementSignature);
    }

    public SignedGrant signedGrant() {
      return SignedGrant.decode(grant.toArray());
    }
  }

  /**
   * A person has a landed commit undone.
   *
   * @param order canonical RevertOrder
   * @param orderSignature by the operator's key
   */
  record Revert(Bytes order, Bytes orderSignature) implements ProposalSource {
    static Revert of(RevertOrder.Signed signed) {
      return new Revert(Bytes.of(signed.order().encode()), signed.signature());
    }

    public RevertOrder wanted() {
      return RevertOrder.decode(order.toArray());
    }

    public RevertOrder.Signed signedOrder() {
      return new RevertOrder.Signed(wanted(), orderSignature);
    }

    /** Whether the person asks anew by the other order. */
    boolean isAskedBefore(RevertOrder other) {
      return wanted().timeMillis() < other.timeMillis();
    }

    /** Whether more reverts had landed when the other one was signed, for the same demand. */
    boolean isSignedBefore(RevertOrder other) {
      RevertOrder own = wanted();
      return own.timeMillis() == other.timeMillis() && own.sequence() < other.sequence();
    }
  }

  /** Full name of the branch that is meant. */
  default String branch() {
    return switch (this) {
      case Change change -> change.author().branch();
      case Revert revert -> revert.wanted().branch();
    };
  }

  /** The commit that is proposed, or that is to be undone; 40 hexadecimal digits. */
  default String commit() {
    return switch (this) {
      case Change change -> change.author().commit();
      case Revert revert -> revert.wanted().commit();
    };
  }

  /** When it was asked for, by the author or the operator, milliseconds since 1970. */
  default long askedAtMillis() {
    return switch (this) {
      case Change change -> change.author().timeMillis();
      case Revert revert -> revert.wanted().timeMillis();
    };
  }

  /** What the proposal is named. */
  default String proposal() {
    return switch (this) {
      case Change change -> change.author().proposal();
      case Revert revert -> revert.wanted().proposal();
    };
  }
}
