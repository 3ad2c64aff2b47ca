package dev.qudag.consensus.simplex;

import dev.qudag.consensus.simplex.message.BallotKind;
import dev.qudag.consensus.simplex.message.Wanted;
import dev.qudag.consensus.simplex.view.Round;
import dev.qudag.consensus.simplex.view.Rounds;
import dev.qudag.crypto.Digest;
import java.util.List;
import java.util.stream.LongStream;

/**
 * What a member lacks to go on from the last final block to its view.
 *
 * @param blocks notarized, and their bodies are not here
 * @param views that ended before this one, and no certificate of them is here; youngest first
 * @param finality whether a block is known to be final that does not link to the last final one
 *     here
 */
record Gaps(List<Digest> blocks, List<Long> views, boolean finality) {
  static final Gaps NONE = new Gaps(List.of(), List.of(), false);

  static Gaps of(Knowledge<?> knowledge, long view) {
    BlockTree<?> tree = knowledge.tree();
    Rounds rounds = knowledge.rounds();
    List<Digest> blocks =
        rounds
            .all()
            .flatMap(round -> round.notarizedBlock().stream())
            .filter(block -> !tree.holds(block))
            .limit(Wanted.MOST)
            .toList();
    List<Long> views =
        LongStream.iterate(view - 1, at -> at > tree.finalView(), at -> at - 1)
            .filter(at -> rounds.ending(at).isEmpty())
            .limit(Wanted.MOST)
            .boxed()
            .toList();
    boolean finality = rounds.all().anyMatch(round -> isAdrift(round, tree));
    return new Gaps(blocks, views, finality);
  }

  private static boolean isAdrift(Round round, BlockTree<?> tree) {
    return round
        .certificate(BallotKind.FINALIZE)
        .filter(certificate -> tree.pathTo(certificate.ballot().block()).isEmpty())
        .isPresent();
  }

  boolean isEmpty() {
    return blocks.isEmpty() && views.isEmpty() && !finality;
  }

  Wanted wanted() {
    return new Wanted(blocks, views);
  }
}
