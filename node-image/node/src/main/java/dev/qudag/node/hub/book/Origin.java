package dev.qudag.node.hub.book;

import java.util.Optional;

/** Decoded once: each proposal that comes is compared with all that wait. */
record Origin(Optional<String> workspaceUid, String branch) {
  static Origin of(HubProposal proposal) {
    return new Origin(proposal.workspaceUid(), proposal.source().branch());
  }

  boolean isSameWorkspace(Origin other) {
    return workspaceUid.isPresent() && equals(other);
  }
}
