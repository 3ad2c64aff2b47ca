package dev.qudag.merge.git;

import dev.qudag.merge.CommitMeta;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.RefName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Bytes kept beside a commit, such as its certificate, under {@code refs/notes/…}. Writing the same
 * twice is one note.
 */
public final class Notes {
  private final GitRepository repository;
  private final RefName ref;

  public Notes(GitRepository repository, RefName ref) {
    if (!ref.full().startsWith("refs/notes/")) {
      throw new IllegalArgumentException("notes are below refs/notes/, not " + ref);
    }
    this.repository = repository;
    this.ref = ref;
  }

  /**
   * @param meta of the note's own commit, so that its id depends on no clock
   */
  public void write(ObjectId commit, byte[] content, CommitMeta meta) {
    var blob = repository.writeBlob(content);
    if (blobOf(commit).filter(blob::equals).isPresent()) {
      return;
    }
    var date = "@" + meta.epochSeconds() + " +0000";
    repository
        .git(
            Map.of(
                "GIT_AUTHOR_NAME", meta.authorName(),
                "GIT_AUTHOR_EMAIL", meta.authorEmail(),
                "GIT_AUTHOR_DATE", date,
                "GIT_COMMITTER_NAME", meta.committerName(),
                "GIT_COMMITTER_EMAIL", meta.committerEmail(),
                "GIT_COMMITTER_DATE", date))
        .run("notes", "--ref=" + ref, "add", "--force", "--reuse-message=" + blob, commit.hex());
  }

  public Optional<byte[]> read(ObjectId commit) {
    return blobOf(commit).map(repository::content);
  }

  private Optional<ObjectId> blobOf(ObjectId commit) {
    var args = new String[] {"notes", "--ref=" + ref, "list", commit.hex()};
    var result = repository.git().run(GitProcess.Input.NONE, List.of(0, 1), args);
    return ObjectId.parse(new String(result.output(), StandardCharsets.US_ASCII).strip());
  }
}
