package dev.qudag.consensus.chain.proposal;

import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.SigningKey;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;

/**
 * A workspace says: this agent wants this commit on this branch. Whatever lands names one, and its
 * author, date and message come from it ({@link CommitMeta#of}).
 *
 * @param commit the commit proposed, 40 hexadecimal digits
 * @param branch full ref name
 * @param title one line, at most 256 characters
 * @param timeMillis when it was said, by the workspace's clock, milliseconds since 1970
 */
public record AuthorStatement(
    Digest chainId,
    String workspaceUid,
    String workspaceName,
    String agent,
    String commit,
    String branch,
    String title,
    long timeMillis) {
  private static final String TAG = "qudag.dev/v1/author-statement";

  public AuthorStatement {
    Fields.name("workspaceUid", workspaceUid);
    Fields.name("workspaceName", workspaceName);
    Fields.name("agent", agent);
    Fields.objectId("commit", commit);
    Fields.branch(branch);
    Fields.line("title", title, Fields.MAX_TITLE);
    Fields.require(timeMillis >= 0, "timeMillis", Long.toString(timeMillis), "a time after 1970");
  }

  public byte[] encode() {
    return CanonicalWriter.tagged(TAG)
        .digest(chainId)
        .text(workspaceUid)
        .text(workspaceName)
        .text(agent)
        .text(commit)
        .text(branch)
        .text(title)
        .int64(timeMillis)
        .toByteArray();
  }

  public static AuthorStatement decode(byte[] bytes) {
    return CanonicalReader.read(
        TAG,
        bytes,
        in ->
            new AuthorStatement(
                in.digest(),
                in.text(),
                in.text(),
                in.text(),
                in.text(),
                in.text(),
                in.text(),
                in.int64()));
  }

  public SignedStatement sign(SigningKey workspace) {
    return new SignedStatement(this, workspace.sign(encode()));
  }

  /** The name of the proposal that this statement makes. */
  public String proposal() {
    return ProposalName.of(workspaceUid, commit, branch);
  }
}
