package dev.qudag.operator.proposal;

import dev.qudag.crypto.NodeIdentity;
import dev.qudag.operator.node.Hub;
import dev.qudag.operator.proposal.state.ProposalObservation;
import dev.qudag.operator.proposal.state.Reverting;
import dev.qudag.proto.OrderRevertResponse;

/**
 * Signs a person's order to undo a landed commit, and hands it in. Signatures differ each time; the
 * hub knows an order by what it says.
 */
final class RevertOrders {
  private final NodeIdentity operator;

  RevertOrders(NodeIdentity operator) {
    this.operator = operator;
  }

  OrderRevertResponse handIn(Hub hub, ProposalObservation seen) {
    Reverting reverting = Reverting.of(seen).orElseThrow();
    return hub.orderRevert(reverting.order(hub.genesis().chainId()).sign(operator.signingKey()));
  }
}
