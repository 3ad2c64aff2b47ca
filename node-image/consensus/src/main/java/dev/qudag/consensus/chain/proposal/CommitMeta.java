package dev.qudag.consensus.chain.proposal;

import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;

/**
 * Everything in a merge commit beside its tree and parents. With those it gives the exact commit
 * id, so it follows from the author's statement alone and nobody else has a say in it.
 *
 * @param epochSeconds date of author and committer, seconds since 1970, in UTC
 * @param message ends with a line feed
 */
public record CommitMeta(
    String authorName,
    String authorEmail,
    String committerName,
    String committerEmail,
    long epochSeconds,
    String message) {
  private static final String COMMITTER = "QuDAG";
  private static final int MAX_PLAIN = 63;

  public CommitMeta {
    person("authorName", authorName);
    person("authorEmail", authorEmail);
    person("committerName", committerName);
    person("committerEmail", committerEmail);
    Fields.require(
        epochSeconds >= 0, "epochSeconds", Long.toString(epochSeconds), "a time after 1970");
    Fields.lines("message", message, Fields.MAX_MESSAGE);
    Fields.require(
        !message.isBlank() && message.endsWith("\n"),
        "message",
        message,
        "text and a line feed at its end");
  }

  /**
   * The one commit meta for a statement: the agent is the author, the statement's time the date,
   * its title the subject. Every statement has one: a hostile agent's text must not stop those who
   * judge it.
   *
   * @param swarm as genesis names it
   */
  public static CommitMeta of(AuthorStatement statement, String swarm) {
    String domain = "@" + plain(swarm) + ".qudag.invalid";
    String agent = plain(statement.agent());
    String title =
        statement.title().isBlank() ? "Merge " + statement.proposal() : statement.title().strip();
    String message =
        title
            + "\n\nProposal: "
            + statement.proposal()
            + "\nWorkspace: "
            + statement.workspaceName()
            + "\nAgent: "
            + statement.agent()
            + "\n";
    return new CommitMeta(
        agent, agent + domain, COMMITTER, "hub" + domain, statement.timeMillis() / 1000, message);
  }

  /**
   * The one commit meta for a revert: the person who ordered it is the author, the order's time the
   * date.
   *
   * @param swarm as genesis names it
   */
  public static CommitMeta of(RevertOrder order, String swarm) {
    String domain = "@" + plain(swarm) + ".qudag.invalid";
    String person = plain(order.person());
    String reason = order.reason().isBlank() ? "" : order.reason().strip() + "\n\n";
    String message =
        "Revert "
            + order.commit()
            + "\n\n"
            + reason
            + "Proposal: "
            + order.proposal()
            + "\nOrdered-by: "
            + order.person()
            + "\n";
    return new CommitMeta(
        person, person + domain, COMMITTER, "hub" + domain, order.timeMillis() / 1000, message);
  }

  /** A name that Git takes as it is: at most 63 letters, digits, dots, dashes and underscores. */
  private static String plain(String name) {
    String safe = name.replaceAll("[^A-Za-z0-9._-]", "-");
    String cut = safe.substring(0, Math.min(safe.length(), MAX_PLAIN));
    return cut.replaceAll("^[._-]+|[._-]+$", "x");
  }

  private static void person(String field, String value) {
    Fields.name(field, value);
    boolean safe =
        value.chars().noneMatch(c -> c == '<' || c == '>') && value.equals(value.strip());
    Fields.require(safe, field, value, "no angle bracket and no space around");
  }

  public void writeTo(CanonicalWriter out) {
    out.text(authorName)
        .text(authorEmail)
        .text(committerName)
        .text(committerEmail)
        .int64(epochSeconds)
        .text(message);
  }

  public static CommitMeta readFrom(CanonicalReader in) {
    return new CommitMeta(in.text(), in.text(), in.text(), in.text(), in.int64(), in.text());
  }
}
