package dev.qudag.node.validator;

import dev.qudag.consensus.simplex.Tip;
import java.io.IOException;

/**
 * Where the consensus loop keeps what is final, and where it starts from.
 *
 * @param <S> the state that blocks leave
 */
interface FinalChain<S> {
  /** The last final block and the state it leaves. */
  Tip<S> tip();

  /**
   * Appends the next block with the state it leaves; a crash may lose it until the next {@link
   * #sync}.
   *
   * @throws IllegalStateException when the block is not the next one
   */
  void append(FinalBlock block, S state) throws IOException;

  /**
   * Whether the last block ended the epoch. What the core still finalizes after it is empty, and is
   * left behind.
   */
  boolean isSealed();

  /** All that was appended is on the disk when this returns. */
  void sync() throws IOException;
}
