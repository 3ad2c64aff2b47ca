package dev.qudag.node.validator;

import dev.qudag.consensus.certificate.Extension;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.simplex.Event;
import dev.qudag.crypto.encoding.MalformedEncodingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Keeps up with a chain that this validator has no part in: gets final blocks from those who
 * decide, believes of each what {@link Extension} proves, and stores it. Members serve nobody whom
 * the chain does not name, so what it gets first leads, as a rule, to the seal that names it.
 *
 * <p>All calls are one thread's, but for {@link #close}.
 */
final class Follower implements AutoCloseable {
  /** Opens the way to members; the blocks that they hand out go to the consumer. */
  @FunctionalInterface
  interface Sources {
    CatchUp open(List<Member> members, Consumer<Event> blocks);
  }

  private final BlockStore blocks;
  private final Sources sources;
  private final List<Member> introduced;
  private final Consumer<FinalBlock> onFinal;
  private List<Member> asked = List.of();
  private volatile Optional<CatchUp> source = Optional.empty();

  /**
   * @param introduced whom the operator said to ask, beside those whom the chain names
   * @param onFinal told of each block, once it is stored
   */
  Follower(
      BlockStore blocks, Sources sources, List<Member> introduced, Consumer<FinalBlock> onFinal) {
    this.blocks = blocks;
    this.sources = sources;
    this.introduced = List.copyOf(introduced);
    this.onFinal = onFinal;
  }

  /**
   * Gets what there is by now; all of it is on the disk when this returns.
   *
   * @throws IOException when the disk fails
   */
  void advance() throws IOException {
    CatchUp peers = peers();
    long next = blocks.height() + 1;
    try {
      if (peers.isThere(next, block -> extension(block).isPresent())) {
        peers.run(next);
      }
    } catch (UncheckedIOException e) {
      throw new IOException("cannot store the chain: " + e.getMessage(), e);
    } finally {
      blocks.sync();
    }
  }

  /** To those who decide, as far as the chain is known here. */
  private CatchUp peers() {
    List<Member> members =
        Stream.concat(blocks.members().stream(), introduced.stream()).distinct().toList();
    if (source.isPresent() && members.equals(asked)) {
      return source.get();
    }
    source.ifPresent(CatchUp::close);
    CatchUp opened = sources.open(members, this::take);
    source = Optional.of(opened);
    asked = members;
    return opened;
  }

  private void take(Event event) {
    if (event instanceof Event.CaughtUp caughtUp) {
      append(new FinalBlock(caughtUp.block(), caughtUp.finality()));
    }
  }

  /** A block that proves nothing ends the conversation with whoever handed it out. */
  private void append(FinalBlock block) {
    Extension extension =
        extension(block)
            .orElseThrow(
                () ->
                    new MalformedEncodingException(
                        "no proof that the block at height " + block.height() + " is the next"));
    try {
      if (blocks.isSealed()) {
        blocks.open(extension.base());
      }
      blocks.append(block, extension.tip().state());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    onFinal.accept(block);
  }

  private Optional<Extension> extension(FinalBlock block) {
    return Extension.of(blocks.tip(), block.block(), block.finality());
  }

  @Override
  public void close() {
    source.ifPresent(CatchUp::close);
  }
}
