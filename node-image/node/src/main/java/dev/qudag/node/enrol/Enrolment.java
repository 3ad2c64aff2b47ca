package dev.qudag.node.enrol;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.AdminSignature;
import dev.qudag.consensus.chain.identity.EnrolmentStatement;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.consensus.chain.identity.NodeRole;
import dev.qudag.consensus.chain.identity.SignedGrant;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.node.identity.NodeStore;
import dev.qudag.node.net.Callers;
import dev.qudag.proto.EnrolRequest;
import dev.qudag.proto.EnrolResponse;
import dev.qudag.proto.EnrolmentGrpc;
import dev.qudag.proto.JoinRequest;
import dev.qudag.proto.JoinResponse;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The node's side of enrolment. The first genesis of its operator that has nobody else in this
 * node's place is kept; another one is refused, whoever brings it, but for one thing: the hub goes
 * over to a chain that takes the place of its own with the right to do so. It begins that chain
 * when it starts the next time, which is at once.
 */
public final class Enrolment extends EnrolmentGrpc.EnrolmentImplBase {
  private static final System.Logger LOG = System.getLogger(Enrolment.class.getName());

  /**
   * Who this node says it is.
   *
   * @param name hub and validator: the node's name; workspace: the Workspace's UID
   */
  public record Subject(NodeRole role, String name, String swarmUid, String podUid) {}

  /**
   * The two keys of the one operator that this node obeys, and the file with the token that proves
   * the pod.
   */
  public record Trust(Digest operatorTls, Digest operatorKey, Path tokenFile) {}

  private final Subject subject;
  private final Trust trust;
  private final NodeStore store;
  private final Supplier<String> head;
  private final Runnable restart;
  private final CompletableFuture<Genesis> genesis = new CompletableFuture<>();

  /**
   * @param head the commit of the protected branch, of a hub; empty text of any other role
   * @param restart ends this process, for the next one to begin another chain
   */
  public Enrolment(
      Subject subject, Trust trust, NodeStore store, Supplier<String> head, Runnable restart)
      throws IOException {
    this.subject = subject;
    this.trust = trust;
    this.store = store;
    this.head = head;
    this.restart = restart;
    store.genesis().ifPresent(genesis::complete);
  }

  /**
   * Waits until the operator has handed over the genesis; at once when an earlier run of this node
   * got it.
   */
  public Genesis awaitGenesis() throws InterruptedException {
    try {
      return genesis.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("waiting for the genesis", e);
    }
  }

  public ServerServiceDefinition guarded() {
    return new Callers("the operator", trust.operatorTls()::equals).guard(this);
  }

  @Override
  public void enrol(EnrolRequest request, StreamObserver<EnrolResponse> answer) {
    if (!request.getSwarmUid().equals(subject.swarmUid())) {
      throw refused(
          "swarm UID " + request.getSwarmUid() + ": this node belongs to " + subject.swarmUid());
    }
    if (request.getNonce().size() != EnrolmentStatement.NONCE_SIZE) {
      throw refused(
          "nonce of "
              + request.getNonce().size()
              + " bytes: expected "
              + EnrolmentStatement.NONCE_SIZE);
    }
    answer.onNext(response(Bytes.of(request.getNonce().toByteArray())));
    answer.onCompleted();
  }

  private EnrolResponse response(Bytes nonce) {
    var identity = store.identity();
    var statement =
        new EnrolmentStatement(
            subject.swarmUid(),
            subject.podUid(),
            subject.role(),
            subject.name(),
            nonce,
            identity.verifyingKey(),
            identity.tlsFingerprint());
    var response =
        EnrolResponse.newBuilder()
            .setToken(token())
            .setRole(subject.role().wireName())
            .setName(subject.name())
            .setSigningKey(ByteString.copyFrom(identity.verifyingKey().bytes()))
            .setTlsFingerprint(ByteString.copyFrom(identity.tlsFingerprint().bytes()))
            .setSignature(
                ByteString.copyFrom(identity.signingKey().sign(statement.encode()).toArray()))
            .setHead(head.get());
    if (genesis.isDone()) {
      response.setGenesisDigest(ByteString.copyFrom(genesis.join().digest().bytes()));
    }
    return response.build();
  }

  /** The kubelet renews the file well before the token ends: it is read at each call. */
  private String token() {
    try {
      return Files.readString(trust.tokenFile()).strip();
    } catch (IOException e) {
      throw Status.UNAVAILABLE
          .withDescription(
              "cannot read the projected token " + trust.tokenFile() + ": " + e.getMessage())
          .withCause(e)
          .asRuntimeException();
    }
  }

  @Override
  public synchronized void join(JoinRequest request, StreamObserver<JoinResponse> answer) {
    Genesis offered = decode("genesis", request.getGenesis(), Genesis::decode);
    boolean goesOver = genesis.isDone() && !genesis.join().digest().equals(offered.digest());
    if (goesOver) {
      refuse(JoinRules.refusal(genesis.join(), offered, subject.role(), signature(request)));
    }
    refuse(JoinRules.refusal(offered, subject, trust, store.identity()));
    try {
      if (goesOver) {
        store.endWith(offered);
      } else {
        keep(offered, request);
      }
    } catch (IOException e) {
      throw Status.INTERNAL
          .withDescription("cannot keep the genesis: " + e.getMessage())
          .withCause(e)
          .asRuntimeException();
    }
    answer.onNext(JoinResponse.getDefaultInstance());
    answer.onCompleted();
    if (goesOver) {
      LOG.log(System.Logger.Level.INFO, "goes over to the chain of genesis {0}", offered.digest());
      restart.run();
    }
  }

  private void keep(Genesis offered, JoinRequest request) throws IOException {
    if (!request.getGrant().isEmpty()) {
      SignedGrant grant = decode("grant", request.getGrant(), SignedGrant::decode);
      refuse(JoinRules.refusal(grant, offered, subject, store.identity()));
      store.keepGrant(grant);
    }
    if (!request.getSet().isEmpty()) {
      store.keepSetAtJoin(decode("set", request.getSet(), MemberSet::decode));
    }
    store.keepGenesis(offered);
    if (genesis.complete(offered)) {
      LOG.log(System.Logger.Level.INFO, "joined the swarm, genesis {0}", offered.digest());
    }
  }

  private static Optional<AdminSignature> signature(JoinRequest request) {
    try {
      return request.getAdminSignature().isEmpty()
          ? Optional.empty()
          : Optional.of(AdminSignature.ofText(request.getAdminSignature()));
    } catch (IllegalArgumentException e) {
      throw refused("not a signature: " + e.getMessage());
    }
  }

  private static <T> T decode(String what, ByteString bytes, Function<byte[], T> decoder) {
    try {
      return decoder.apply(bytes.toByteArray());
    } catch (IllegalArgumentException e) {
      throw refused("not a " + what + ": " + e.getMessage());
    }
  }

  private static void refuse(Optional<String> refusal) {
    if (refusal.isPresent()) {
      throw refused(refusal.get());
    }
  }

  private static RuntimeException refused(String why) {
    return Status.FAILED_PRECONDITION.withDescription(why).asRuntimeException();
  }
}
