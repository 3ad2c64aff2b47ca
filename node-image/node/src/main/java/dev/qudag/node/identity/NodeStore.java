package dev.qudag.node.identity;

import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.consensus.chain.identity.SignedGrant;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.node.disk.DurableFiles;
import dev.qudag.node.disk.VolumeLock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A node's private volume, locked for this process.
 *
 * <pre>
 *   lock          held while a process writes here
 *   identity/     the node's keys; they never leave the volume
 *   rotate-key    made by a person: this validator is to sign with another key
 *   identity.*    the next keys, and what is on the way from the ones to the others
 *   incarnation   random id made with the keys; a log that goes with the keys carries it too
 *   genesis       canonical Genesis, written once
 *   set-at-join   canonical MemberSet: who decided when the node joined, on the operator's word
 *   grant         workspace only: canonical SignedGrant
 *   successor     canonical Genesis of the chain that takes the place of this one; soon gone
 *   ended/        what belonged to chains before, by their genesis fingerprint
 *   (role files)  repository.git, journal, certificates/ of a hub; the log of a validator; ...
 * </pre>
 */
public final class NodeStore implements AutoCloseable {
  private static final int INCARNATION_BYTES = 16;

  private final Path data;
  private final VolumeLock lock;
  private final NodeIdentity identity;
  private final String incarnation;

  private NodeStore(Path data, VolumeLock lock, NodeIdentity identity, String incarnation) {
    this.data = data;
    this.lock = lock;
    this.identity = identity;
    this.incarnation = incarnation;
  }

  /**
   * Opens the volume; the first time, makes keys and incarnation. After {@link #endWith} it is that
   * of the other chain.
   */
  public static NodeStore open(Path data) throws IOException {
    Files.createDirectories(data);
    VolumeLock lock = VolumeLock.take(data);
    try {
      EndedChain.putAway(data);
      IdentityTurn.finish(data);
      return new NodeStore(
          data, lock, NodeIdentity.loadOrCreate(data.resolve(IdentityTurn.OWN)), incarnation(data));
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static String incarnation(Path data) throws IOException {
    Path file = data.resolve("incarnation");
    Optional<byte[]> known = DurableFiles.read(file);
    if (known.isPresent()) {
      return new String(known.get(), StandardCharsets.US_ASCII);
    }
    byte[] random = new byte[INCARNATION_BYTES];
    new SecureRandom().nextBytes(random);
    String made = HexFormat.of().formatHex(random);
    DurableFiles.write(file, made.getBytes(StandardCharsets.US_ASCII));
    return made;
  }

  public Path data() {
    return data;
  }

  public NodeIdentity identity() {
    return identity;
  }

  /** The keys that a validator is to have next, if somebody wants that; the TLS key is the same. */
  public Optional<NodeIdentity> nextIdentity() throws IOException {
    return IdentityTurn.next(data, identity);
  }

  /** Has the next keys be the node's once the volume is closed and opened again. */
  public void turnToNextIdentity() throws IOException {
    IdentityTurn.begin(data);
  }

  public String incarnation() {
    return incarnation;
  }

  public Optional<Genesis> genesis() throws IOException {
    return DurableFiles.read(data.resolve("genesis")).map(Genesis::decode);
  }

  public void keepGenesis(Genesis genesis) throws IOException {
    DurableFiles.write(data.resolve("genesis"), genesis.encode());
  }

  /**
   * Has another chain take the place of this one, with its genesis, once the volume is closed and
   * opened again.
   *
   * @param successor names this chain as its predecessor
   */
  public void endWith(Genesis successor) throws IOException {
    EndedChain.endWith(data, successor);
  }

  /**
   * Who decided when the node joined, as the operator said: whom to ask for the chain, which proves
   * itself.
   */
  public Optional<MemberSet> setAtJoin() throws IOException {
    return DurableFiles.read(data.resolve("set-at-join")).map(MemberSet::decode);
  }

  public void keepSetAtJoin(MemberSet set) throws IOException {
    DurableFiles.write(data.resolve("set-at-join"), set.encode());
  }

  /** The operator's word that this workspace belongs to the Swarm. */
  public Optional<SignedGrant> grant() throws IOException {
    return DurableFiles.read(data.resolve("grant")).map(SignedGrant::decode);
  }

  public void keepGrant(SignedGrant grant) throws IOException {
    DurableFiles.write(data.resolve("grant"), grant.encode());
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
