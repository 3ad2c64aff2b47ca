package dev.qudag.node.main;

import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.NodeRole;
import dev.qudag.node.enrol.Enrolment;
import dev.qudag.node.identity.NodeStore;
import dev.qudag.node.metrics.HealthServer;
import dev.qudag.node.metrics.JvmRegistry;
import dev.qudag.node.net.NodeServer;
import dev.qudag.node.net.PinnedChannels;
import dev.qudag.node.net.TlsMetrics;
import dev.qudag.transport.TlsConnections;
import dev.qudag.transport.Transport;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The parts that every role runs: private volume, gRPC server with enrolment, health port.
 *
 * <pre>
 *   try (NodeRuntime node = NodeRuntime.open(environment, NodeRole.VALIDATOR)) { // volume locked, log and crash points set
 *     ...                                                                 // prepare the volume
 *     node.start();                                                       // serves enrolment and health
 *     Genesis genesis = node.awaitGenesis();
 *     node.serve(new Peers(...));                                         // what needs the genesis
 *     node.closeLater(...);                                               // closed before the rest, last first
 *     node.awaitTermination();                                            // SIGTERM
 *   }
 * </pre>
 */
public final class NodeRuntime implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(NodeRuntime.class.getName());

  private final NodeEnvironment environment;
  private final Enrolment.Subject subject;
  private final NodeStore store;
  private final PrometheusRegistry metrics = JvmRegistry.create();
  private final Transport transport;
  private final PinnedChannels channels;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile Supplier<String> wanting = () -> "";
  private volatile boolean awaitsTermination;
  private volatile @Nullable Started started;

  private record Started(Enrolment enrolment, NodeServer server, HealthServer health) {}

  private NodeRuntime(NodeEnvironment environment, Enrolment.Subject subject) throws IOException {
    this.environment = environment;
    this.subject = subject;
    this.store = NodeStore.open(environment.data());
    this.transport = new Transport(new TlsConnections());
    this.channels = new PinnedChannels(store.identity(), transport);
    TlsMetrics.register(transport.connections(), metrics);
  }

  /** Opens the volume of a hub or validator, which enrol under the node's name. */
  public static NodeRuntime open(NodeEnvironment environment, NodeRole role) throws IOException {
    return open(
        environment,
        new Enrolment.Subject(
            role, environment.name(), environment.swarmUid(), environment.podUid()));
  }

  /** Opens the volume of a node that enrols as {@code subject}. */
  public static NodeRuntime open(NodeEnvironment environment, Enrolment.Subject subject)
      throws IOException {
    JsonLog.install(subject.role().wireName(), environment.name());
    if (environment.crashPoints()) {
      CrashPoint.arm(environment.data());
    }
    return new NodeRuntime(environment, subject);
  }

  /** Serves enrolment and health; the operator can reach the node from now on. */
  public void start() throws IOException {
    start(() -> "");
  }

  /**
   * As {@link #start()}, for the hub.
   *
   * @param head the commit of the protected branch
   */
  public void start(Supplier<String> head) throws IOException {
    var enrolment = new Enrolment(subject, environment.trust(), store, head, this::end);
    var server =
        NodeServer.start(store.identity(), environment.grpcPort(), transport, enrolment::guarded);
    started =
        new Started(
            enrolment,
            server,
            HealthServer.start(environment.healthPort(), metrics, () -> wanting.get()));
    LOG.log(
        System.Logger.Level.INFO,
        "{0} serves port {1,number,#}",
        subject.role().wireName(),
        server.port());
  }

  private Started started() {
    Started now = started;
    if (now == null) {
      throw new IllegalStateException("start() comes first");
    }
    return now;
  }

  public NodeEnvironment environment() {
    return environment;
  }

  public NodeStore store() {
    return store;
  }

  public PrometheusRegistry metrics() {
    return metrics;
  }

  public PinnedChannels channels() {
    return channels;
  }

  public int grpcPort() {
    return started().server().port();
  }

  public int healthPort() {
    return started().health().port();
  }

  /**
   * Waits until the operator has handed over the genesis; at once when an earlier run of this node
   * got it.
   */
  public Genesis awaitGenesis() throws InterruptedException {
    return started().enrolment().awaitGenesis();
  }

  /** Adds a service that needs more than the process, as a rule the genesis. */
  public void serve(BindableService service) {
    serve(service.bindService());
  }

  /** As {@link #serve(BindableService)}, for a service behind interceptors. */
  public void serve(ServerServiceDefinition service) {
    started().server().add(service);
  }

  /**
   * Sets what the node lacks before it is ready; empty text when nothing. Until this is set a
   * running node is ready.
   */
  public void readyWhen(Supplier<String> wanting) {
    this.wanting = wanting;
  }

  /**
   * Has a part of the role closed with the node, before the server and the volume, the last one
   * first.
   */
  public <T extends AutoCloseable> T closeLater(T part) {
    parts.push(part);
    return part;
  }

  /**
   * Returns when the process is told to end (SIGTERM, SIGINT); the JVM then waits for {@link
   * #close}.
   */
  public void awaitTermination() throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(this::stopAndWait, "sigterm"));
    awaitsTermination = true;
    stop.await();
  }

  /**
   * Has {@link #awaitTermination} return, for the process to be started again. A role that does not
   * come to that, because it still waits for something else, is ended once all calls are answered.
   */
  public void end() {
    stop.countDown();
    if (!awaitsTermination) {
      var unused = Thread.ofPlatform().daemon().name("end").start(this::exit);
    }
  }

  private void exit() {
    started().server().close();
    Runtime.getRuntime().exit(0);
  }

  private void stopAndWait() {
    stop.countDown();
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    while (!parts.isEmpty()) {
      AutoCloseable part = parts.pop();
      try {
        part.close();
      } catch (Exception e) {
        LOG.log(System.Logger.Level.WARNING, "cannot close " + part, e);
      }
    }
    Started now = started;
    if (now != null) {
      now.server().close();
      now.health().close();
    }
    store.close();
    stopped.countDown();
  }
}
