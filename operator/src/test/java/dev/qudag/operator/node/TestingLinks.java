package dev.qudag.operator.node;

import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.operator.policy.ChainPolicy;
import dev.qudag.transport.TlsConnections;
import dev.qudag.transport.Transport;

/** What an operator has of nodes that show their keys and are never reached after that. */
public record TestingLinks(TestingNodes nodes, PinnedChannels channels, HubStates hubs)
    implements AutoCloseable {
  public static TestingLinks open() {
    var channels = new PinnedChannels(NodeIdentity.generate(), new Transport(new TlsConnections()));
    return new TestingLinks(new TestingNodes(), channels, new HubStates(channels));
  }

  /** The genesis of a Swarm with one validator is made, with the keys that its nodes have now. */
  public void follow(Swarm swarm) {
    SwarmKey key = SwarmKey.of(swarm);
    Genesis genesis = nodes.genesis(key, 1, ChainPolicy.of(swarm.getSpec().policy()));
    hubs.follow(key, genesis, SetInForce.of(genesis), () -> true);
  }

  @Override
  public void close() {
    hubs.close();
    channels.close();
  }
}
