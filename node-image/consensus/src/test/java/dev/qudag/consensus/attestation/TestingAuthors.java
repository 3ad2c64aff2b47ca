package dev.qudag.consensus.attestation;

import dev.qudag.consensus.attestation.dag.DagConfig;
import dev.qudag.consensus.chain.Attestation;
import dev.qudag.consensus.chain.Verdict;
import dev.qudag.consensus.simplex.member.ValidatorSet;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.VerifyingKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Authors whose signature is the hash of a secret and the message, as long as a real one: quick,
 * and unforgeable only by the good manners of the tests.
 */
public final class TestingAuthors {
  public static final Digest CHAIN = digest("chain");

  private TestingAuthors() {}

  public static Digest digest(String word) {
    return Digest.sha256(word.getBytes(StandardCharsets.UTF_8));
  }

  public static Bytes sign(int author, byte[] message) {
    byte[] secret = ("secret of " + author).getBytes(StandardCharsets.UTF_8);
    return Bytes.of(
        Arrays.copyOf(Digest.sha256(secret, message).bytes(), VerifyingKey.SIGNATURE_SIZE));
  }

  public static ValidatorSet set(int members) {
    return ValidatorSet.ofEqualWeight(
        IntStream.range(0, members)
            .mapToObj(
                member ->
                    (ValidatorSet.SignatureCheck)
                        (message, signature) -> sign(member, message).equals(signature))
            .toList());
  }

  public static DagConfig config(int members, int self) {
    return config(members, self, DagConfig.Limits.DEFAULT);
  }

  public static DagConfig config(int members, int self, DagConfig.Limits limits) {
    return new DagConfig(CHAIN, 0, set(members), self, message -> sign(self, message), limits);
  }

  public static Word approve(String decision) {
    return new Word(digest(decision), Verdict.APPROVE, "");
  }

  public static Word reject(String decision) {
    return new Word(digest(decision), Verdict.REJECT, "PathDenied: .env");
  }

  /** What an author, honest or not, may make by its own key. */
  public static Vertex vertex(int author, List<ParentLink> parents, Word... words) {
    long sequence =
        parents.stream()
            .filter(parent -> parent.author() == author)
            .mapToLong(parent -> parent.sequence() + 1)
            .findFirst()
            .orElse(0);
    Digest previous = sequence == 0 ? Digest.ZERO : parents.getFirst().digest();
    List<Entry> entries = new ArrayList<>();
    for (Word word : words) {
      entries.add(new Entry.Attested(attestation(author, sequence, previous, word)));
    }
    return sign(author, sequence, new VertexBody(parents, entries));
  }

  public static Attestation attestation(int author, long sequence, Digest previous, Word word) {
    Attestation.Content content =
        new Attestation.Content(
            CHAIN, 0, author, sequence, previous, word.decision(), word.verdict(), word.reason());
    return content.withSignature(sign(author, content.encode()));
  }

  public static Vertex sign(int author, long sequence, VertexBody body) {
    VertexHeader header = new VertexHeader(CHAIN, 0, author, sequence, body.digest());
    return new Vertex(header, body, sign(author, header.encode()));
  }

  public static ParentLink link(Vertex vertex) {
    return new ParentLink(vertex.author(), vertex.sequence(), vertex.digest());
  }

  /** A chain of vertices with one approval each, of decisions "prefix0", "prefix1" and so on. */
  public static List<Vertex> chain(int author, int length, String prefix) {
    List<Vertex> chain = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      List<ParentLink> parents = i == 0 ? List.of() : List.of(link(chain.getLast()));
      chain.add(vertex(author, parents, approve(prefix + i)));
    }
    return chain;
  }
}
