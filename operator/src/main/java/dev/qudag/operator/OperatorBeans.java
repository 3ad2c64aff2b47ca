package dev.qudag.operator;

import dev.qudag.crypto.NodeIdentity;
import dev.qudag.operator.children.ChildApplier;
import dev.qudag.operator.crash.CrashInjector;
import dev.qudag.operator.node.ChainClient;
import dev.qudag.operator.node.GrpcNodeEnrolment;
import dev.qudag.operator.node.HubStates;
import dev.qudag.operator.node.IdentitySecret;
import dev.qudag.operator.node.NodeEnrolment;
import dev.qudag.operator.node.NodeJoiner;
import dev.qudag.operator.node.PinnedChannels;
import dev.qudag.operator.node.PodTokens;
import dev.qudag.operator.pod.NodeSettings;
import dev.qudag.operator.status.Conditions;
import dev.qudag.operator.status.EventRecorder;
import dev.qudag.operator.status.StatusWriter;
import dev.qudag.transport.TlsConnections;
import dev.qudag.transport.Transport;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.quarkus.runtime.Quarkus;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** Wires the plain classes of the operator together. */
@Singleton
public final class OperatorBeans {
  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }

  @Produces
  @Singleton
  Leadership leadership(KubernetesClient client, OperatorSettings settings) {
    String pod =
        Optional.ofNullable(System.getenv("HOSTNAME"))
            .orElseGet(() -> UUID.randomUUID().toString());
    return new Leadership(client, settings.operatorNamespace(), pod, () -> Quarkus.asyncExit(1));
  }

  @Produces
  @Singleton
  LeaderElectionConfiguration leaderElection(Leadership leadership) {
    return leadership.configuration();
  }

  @Produces
  @Singleton
  NodeIdentity identity(KubernetesClient client, OperatorSettings settings) {
    return new IdentitySecret(client, settings.operatorNamespace()).loadOrCreate();
  }

  @Produces
  @Singleton
  NodeSettings nodeSettings(NodeIdentity identity, OperatorSettings settings) {
    return new NodeSettings(
        settings.nodeImage(),
        identity.tlsFingerprint().hex(),
        identity.verifyingKey().fingerprint().hex(),
        settings.testCrashPoints());
  }

  @Produces
  @Singleton
  Transport transport() {
    return new Transport(new TlsConnections());
  }

  @Produces
  @Singleton
  PinnedChannels channels(NodeIdentity identity, Transport transport) {
    return new PinnedChannels(identity, transport);
  }

  void close(@Disposes PinnedChannels channels) {
    channels.close();
  }

  @Produces
  @Singleton
  HubStates hubStates(PinnedChannels channels) {
    return new HubStates(channels);
  }

  void close(@Disposes HubStates states) {
    states.close();
  }

  @Produces
  @Singleton
  NodeEnrolment enrolment(NodeIdentity identity, PinnedChannels channels, KubernetesClient client) {
    return new GrpcNodeEnrolment(identity, channels, new PodTokens(client));
  }

  @Produces
  @Singleton
  NodeJoiner joiner(NodeEnrolment enrolment) {
    return new NodeJoiner(enrolment);
  }

  @Produces
  @Singleton
  ChainClient chains(PinnedChannels channels) {
    return new ChainClient(channels);
  }

  @Produces
  @Singleton
  Conditions conditions(Clock clock) {
    return new Conditions(clock);
  }

  @Produces
  @Singleton
  EventRecorder events(KubernetesClient client, Clock clock) {
    return new EventRecorder(client, clock);
  }

  void close(@Disposes EventRecorder events) {
    events.close();
  }

  @Produces
  @Singleton
  StatusWriter statusWriter(KubernetesClient client, EventRecorder events, Clock clock) {
    return new StatusWriter(client, events, clock);
  }

  @Produces
  @Singleton
  CrashInjector crashes() {
    return CrashInjector.NONE;
  }

  @Produces
  @Singleton
  ChildApplier childApplier(KubernetesClient client) {
    return new ChildApplier(client);
  }
}
