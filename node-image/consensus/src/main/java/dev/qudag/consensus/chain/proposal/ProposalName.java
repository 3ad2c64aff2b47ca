package dev.qudag.consensus.chain.proposal;

import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalWriter;

/**
 * The name of a MergeProposal: hub, operator and people all derive it from what is proposed, so
 * that one change proposed twice is one object. Encoding: docs/reference/encodings.md.
 */
public final class ProposalName {
  private static final String TAG = "qudag.dev/v1/proposal-name";
  private static final String REVERT_TAG = "qudag.dev/v1/revert-name";
  private static final String PREFIX = "mp-";
  private static final int DIGITS = 20;

  private ProposalName() {}

  /**
   * The name of the proposal to merge a commit of a workspace into a branch.
   *
   * @param branch full ref name, as {@code refs/heads/main}
   */
  public static String of(String workspaceUid, String commit, String branch) {
    byte[] encoded =
        CanonicalWriter.tagged(TAG).text(workspaceUid).text(commit).text(branch).toByteArray();
    return named(encoded);
  }

  /**
   * The name of the proposal to undo a landed commit of a branch.
   *
   * @param branch full ref name
   */
  public static String ofRevert(String commit, String branch) {
    return named(CanonicalWriter.tagged(REVERT_TAG).text(commit).text(branch).toByteArray());
  }

  private static String named(byte[] encoded) {
    return PREFIX + Digest.sha256(encoded).hex().substring(0, DIGITS);
  }
}
