package dev.qudag.node.hub.repository;

import dev.qudag.consensus.chain.proposal.AuthorStatement;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.RefName;
import dev.qudag.merge.git.GitRepository;
import dev.qudag.merge.git.Notes;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * The names in the hub's bare repository.
 *
 * <pre>
 *   refs/heads/&lt;branch&gt;               the protected branch
 *   refs/notes/qudag                  the certificate.json of each landed commit
 *   refs/qudag/proposals/&lt;name&gt;       a proposal's commit, kept for ever
 *   refs/qudag/candidates/&lt;uid&gt;       a workspace's last snapshot
 *   refs/qudag/rescue/&lt;uid&gt;/…         snapshots before it on which it does not build, for 30 days
 * </pre>
 *
 * @param branch the protected branch
 */
public record HubRepository(GitRepository git, RefName branch) {
  /** Below the hub's volume. People read it with plain git. */
  public static final String FOLDER = "repository.git";

  public static HubRepository open(Path data, String branch) {
    RefName ref = branch.startsWith("refs/") ? RefName.of(branch) : RefName.branch(branch);
    return new HubRepository(GitRepository.openOrInit(data.resolve(FOLDER), ref), ref);
  }

  public ObjectId head() {
    return git.ref(branch)
        .orElseThrow(() -> new IllegalStateException("the repository has no " + branch.full()));
  }

  public Notes certificates() {
    return new Notes(git, RefName.of("refs/notes/qudag"));
  }

  public void keepProposal(AuthorStatement statement) {
    keep(
        RefName.of("refs/qudag/proposals/" + statement.proposal()),
        ObjectId.of(statement.commit()));
  }

  /** What the candidate replaces is rescued first, unless the candidate or the branch has it. */
  public void keepCandidate(AuthorStatement statement, Rescues rescues) {
    RefName ref = RefName.of("refs/qudag/candidates/" + statement.workspaceUid());
    ObjectId commit = ObjectId.of(statement.commit());
    git.ref(ref)
        .filter(old -> !git.isAncestor(old, commit) && !git.isAncestor(old, head()))
        .ifPresent(old -> rescues.keep(statement.workspaceUid(), old));
    keep(ref, commit);
  }

  public Rescues rescues(InstantSource clock) {
    return new Rescues(git, clock);
  }

  private void keep(RefName ref, ObjectId commit) {
    ObjectId now = git.ref(ref).orElse(ObjectId.ZERO);
    if (!now.equals(commit) && !git.update(ref, commit, now)) {
      throw new IllegalStateException(ref.full() + " was moved by somebody else");
    }
  }
}
