package dev.qudag.merge.landing;

import dev.qudag.merge.CommitMeta;
import dev.qudag.merge.ObjectId;
import java.util.ArrayList;
import java.util.List;

/**
 * The messages of landed commits. Each ends with one paragraph of trailers, which the swarm writes;
 * what agents wrote stands before it.
 *
 * @param meta author, committer, date, and the message of a plain merge or revert: a subject, words
 *     and a last paragraph of trailers
 */
public record LandingMessage(CommitMeta meta, boolean signOff) {
  /** Subjects of squashed commits that a message lists. */
  public static final int MAX_SUBJECTS = 50;

  private static final int MAX_LISTED = 120;

  /** Of the plain merge or revert itself. */
  public CommitMeta plain() {
    return signOff ? with(words(), List.of()) : meta;
  }

  /**
   * @param commit the proposed one: its body explains the change
   * @param commits bytes of the squashed ones, oldest first, at most {@link #MAX_SUBJECTS}
   * @param isCut whether there are older ones
   */
  public CommitMeta squashed(ObjectId head, byte[] commit, List<byte[]> commits, boolean isCut) {
    var words = new StringBuilder(words());
    AgentText.of(commit).paragraphs().ifPresent(body -> words.append("\n\n").append(body));
    if (commits.size() > 1 || isCut) {
      words.append("\n\n").append(list(commits, isCut));
    }
    return with(words.toString(), List.of(LandedFrom.squashed(head)));
  }

  private static String list(List<byte[]> commits, boolean isCut) {
    List<String> lines = new ArrayList<>();
    if (isCut) {
      lines.add("* …");
    }
    for (byte[] commit : commits) {
      lines.add("* " + AgentText.cut(AgentText.of(commit).subject(), MAX_LISTED));
    }
    return String.join("\n", lines);
  }

  /**
   * @param id of a commit of the proposal
   * @param commit its bytes
   * @param step how many commits the landing has up to this one
   */
  public CommitMeta rebased(ObjectId id, byte[] commit, int step) {
    AgentText text = AgentText.of(commit);
    String subject = text.subject().isEmpty() ? words() : text.subject();
    String words = text.paragraphs().map(body -> subject + "\n\n" + body).orElse(subject);
    return with(words, List.of(LandedFrom.rebased(id, step)));
  }

  private CommitMeta with(String words, List<String> more) {
    List<String> trailers = new ArrayList<>();
    trailers.addAll(trailers().lines().toList());
    trailers.addAll(more);
    if (signOff) {
      trailers.add("Signed-off-by: " + meta.authorName() + " <" + meta.authorEmail() + ">");
    }
    return new CommitMeta(
        meta.authorName(),
        meta.authorEmail(),
        meta.committerName(),
        meta.committerEmail(),
        meta.epochSeconds(),
        words + "\n\n" + String.join("\n", trailers) + "\n");
  }

  private String words() {
    return meta.message().substring(0, lastParagraph()).stripTrailing();
  }

  private String trailers() {
    return meta.message().substring(lastParagraph()).strip();
  }

  private int lastParagraph() {
    int found = meta.message().stripTrailing().lastIndexOf("\n\n");
    return found < 0 ? meta.message().length() : found;
  }
}
