package dev.qudag.node.workspace.vcs;

/**
 * A step in the history of the files: a snapshot that differed, or what was made of one.
 *
 * @param id lower case hex digits, the whole id
 * @param time when it ended, ISO 8601 in UTC
 * @param what one line for people
 */
public record Operation(String id, String time, String what) {

  private static final int SHORT = 12;

  /** Enough of the id to name it by. */
  public String shortId() {
    return id.substring(0, Math.min(SHORT, id.length()));
  }
}
