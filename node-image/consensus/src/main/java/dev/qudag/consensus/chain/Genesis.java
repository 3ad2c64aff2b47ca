package dev.qudag.consensus.chain;

import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.consensus.chain.identity.Electorate;
import dev.qudag.consensus.chain.identity.HubMember;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.consensus.chain.identity.OperatorIdentity;
import dev.qudag.consensus.chain.identity.Predecessor;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;
import dev.qudag.crypto.encoding.MalformedEncodingException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a chain begins: who takes part, the branch and its commit, the first policy. Everything
 * later is verified from it, and people know it by its digest, the genesis fingerprint.
 *
 * @param nonce 32 random bytes, so that no two chains are the same
 * @param branch the protected branch, full ref name
 * @param head its commit, 40 hexadecimal digits
 * @param members the validators in the order of their index: 1, or 4 and more (with 2 or 3 no fault
 *     is tolerated)
 * @param viewTimeoutMillis how long a view waits for its leader at first, milliseconds
 * @param adminKeys keys of people, one of which must sign each change of policy, and each change of
 *     the set that stands on nothing else; empty when the operator's word is enough. None of them
 *     is the key of a node or of the operator
 * @param predecessor the chain whose place this one takes, if it does
 * @param hasUpstream whether the branch follows one of a Git server outside, whose writers then put
 *     commits on it that no validator judged. For good: what it means that a commit is on the
 *     branch depends on it
 */
public record Genesis(
    Bytes nonce,
    String swarm,
    String branch,
    String head,
    OperatorIdentity operator,
    HubMember hub,
    List<Member> members,
    Policy policy,
    int viewTimeoutMillis,
    List<VerifyingKey> adminKeys,
    Optional<Predecessor> predecessor,
    boolean hasUpstream) {
  /** Length of the nonce in bytes. */
  public static final int NONCE_SIZE = 32;

  /** What a genesis with a predecessor and without an upstream begins with. */
  public static final String SUCCESSOR_TAG = "qudag.dev/v1/successor-genesis";

  /** What a genesis with an upstream begins with, whether it has a predecessor or not. */
  public static final String UPSTREAM_TAG = "qudag.dev/v1/upstream-genesis";

  private static final String TAG = "qudag.dev/v1/genesis";
  private static final String CHAIN_TAG = "qudag.dev/v1/chain";

  public Genesis {
    Fields.size("nonce", nonce, NONCE_SIZE);
    Fields.name("swarm", swarm);
    Fields.branch(branch);
    Fields.objectId("head", head);
    members = Fields.list("members", members, MemberSet.LARGEST);
    int n = members.size();
    Fields.require(n == 1 || n >= 4, "members", Integer.toString(n), "1 validator, or 4 and more");
    for (int i = 0; i < n; i++) {
      int index = members.get(i).index();
      Fields.require(index == i, "member index", Integer.toString(index), Integer.toString(i));
    }
    adminKeys = Fields.list("adminKeys", adminKeys);
    Fields.distinct("administrator key", adminKeys);
    requireDistinct(operator, hub, members, adminKeys);
    Fields.require(
        n == 1 || new MemberSet(0, members, n).survivesAnyOne(),
        "weights",
        members.stream().map(Member::weight).toList().toString(),
        "each less than a third of all, at most a tenth in a set of more than "
            + MemberSet.LARGEST_WITHOUT_COMMITTEE);
    Fields.require(
        viewTimeoutMillis > 0,
        "viewTimeoutMillis",
        Integer.toString(viewTimeoutMillis),
        "more than 0");
  }

  /** A chain that takes nobody's place, and has no upstream. */
  public Genesis(
      Bytes nonce,
      String swarm,
      String branch,
      String head,
      OperatorIdentity operator,
      HubMember hub,
      List<Member> members,
      Policy policy,
      int viewTimeoutMillis,
      List<VerifyingKey> adminKeys) {
    this(
        nonce,
        swarm,
        branch,
        head,
        operator,
        hub,
        members,
        policy,
        viewTimeoutMillis,
        adminKeys,
        Optional.empty(),
        false);
  }

  /** A chain that takes nobody's place, and whose set and policy change on the operator's word. */
  public Genesis(
      Bytes nonce,
      String swarm,
      String branch,
      String head,
      OperatorIdentity operator,
      HubMember hub,
      List<Member> members,
      Policy policy,
      int viewTimeoutMillis) {
    this(nonce, swarm, branch, head, operator, hub, members, policy, viewTimeoutMillis, List.of());
  }

  /** The same, in the place of another chain. */
  public Genesis inPlaceOf(Predecessor other) {
    return with(Optional.of(other), hasUpstream);
  }

  /** The same, with a branch that follows one of a Git server outside. */
  public Genesis withUpstream() {
    return with(predecessor, true);
  }

  private Genesis with(Optional<Predecessor> other, boolean upstream) {
    return new Genesis(
        nonce,
        swarm,
        branch,
        head,
        operator,
        hub,
        members,
        policy,
        viewTimeoutMillis,
        adminKeys,
        other,
        upstream);
  }

  /**
   * @throws IllegalArgumentException when two of these validators, hub, operator and administrators
   *     share a name or a key
   */
  void requireDistinct(List<Member> members) {
    requireDistinct(operator, hub, members, adminKeys);
  }

  private static void requireDistinct(
      OperatorIdentity operator,
      HubMember hub,
      List<Member> members,
      List<VerifyingKey> adminKeys) {
    Fields.distinct(
        "name", Stream.concat(Stream.of(hub.name()), members.stream().map(Member::name)).toList());
    Fields.distinct(
        "signing key",
        Stream.of(
                Stream.of(operator.signingKey(), hub.signingKey()),
                members.stream().map(Member::signingKey),
                adminKeys.stream())
            .flatMap(keys -> keys)
            .toList());
    Fields.distinct(
        "TLS key",
        Stream.concat(
                Stream.of(operator.tlsFingerprint(), hub.tlsFingerprint()),
                members.stream().map(Member::tlsFingerprint))
            .toList());
  }

  public byte[] encode() {
    CanonicalWriter out = CanonicalWriter.tagged(tag());
    out.bytes(nonce).text(swarm).text(branch).text(head);
    operator.writeTo(out);
    hub.writeTo(out);
    out.list(members, (o, member) -> member.writeTo(o));
    out.bytes(policy.encode()).int32(viewTimeoutMillis).list(adminKeys, CanonicalWriter::key);
    if (hasUpstream) {
      out.list(predecessor.stream().toList(), (o, other) -> other.writeTo(o));
    } else {
      predecessor.ifPresent(other -> other.writeTo(out));
    }
    return out.toByteArray();
  }

  private String tag() {
    if (hasUpstream) {
      return UPSTREAM_TAG;
    }
    return predecessor.isPresent() ? SUCCESSOR_TAG : TAG;
  }

  public static Genesis decode(byte[] bytes) {
    return switch (CanonicalReader.tagOf(bytes)) {
      case UPSTREAM_TAG -> CanonicalReader.read(UPSTREAM_TAG, bytes, Genesis::readWithUpstream);
      case SUCCESSOR_TAG ->
          CanonicalReader.read(
              SUCCESSOR_TAG, bytes, in -> readFrom(in).inPlaceOf(Predecessor.readFrom(in)));
      default -> CanonicalReader.read(TAG, bytes, Genesis::readFrom);
    };
  }

  private static Genesis readWithUpstream(CanonicalReader in) {
    Genesis genesis = readFrom(in).withUpstream();
    List<Predecessor> predecessors = in.list(Predecessor::readFrom);
    if (predecessors.size() > 1) {
      throw new MalformedEncodingException(
          predecessors.size() + " predecessors, a chain takes the place of at most 1");
    }
    return predecessors.stream().findFirst().map(genesis::inPlaceOf).orElse(genesis);
  }

  private static Genesis readFrom(CanonicalReader in) {
    return new Genesis(
        in.bytes(),
        in.text(),
        in.text(),
        in.text(),
        OperatorIdentity.readFrom(in),
        HubMember.readFrom(in),
        in.list(Member::readFrom),
        Policy.decode(in.byteArray()),
        in.int32(),
        in.list(CanonicalReader::key));
  }

  /** The genesis fingerprint. */
  public Digest digest() {
    return Digest.sha256(encode());
  }

  /**
   * Names this chain in every statement made on it. Worked out at each call; {@link Chain} keeps
   * it.
   */
  public Digest chainId() {
    return Digest.sha256(
        CanonicalWriter.tagged(CHAIN_TAG).bytes(nonce).digest(digest()).toByteArray());
  }

  /** The epoch of the set that genesis names. */
  public long epoch() {
    return 0;
  }

  /** The set of the first epoch. */
  public MemberSet set() {
    return new MemberSet(epoch(), members, members.size());
  }

  /**
   * Who votes in the first epoch. The seed of a committee is the chain id: whoever writes genesis
   * may try many nonces, and is trusted with the set anyway.
   */
  public Electorate electorate() {
    return Electorate.of(set(), chainId());
  }

  /** The weight of those who vote in the first epoch. */
  public long totalWeight() {
    return electorate().voters().totalWeight();
  }

  /** The weight that decides in the first epoch. */
  public long quorum() {
    return electorate().voters().quorum();
  }
}
