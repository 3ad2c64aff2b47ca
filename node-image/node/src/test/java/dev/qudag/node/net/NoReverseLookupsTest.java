package dev.qudag.node.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

/** The JDK takes the resolver from the node's jar, so it holds in this process as in a node. */
class NoReverseLookupsTest {
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  @Test
  void anAddressHasNoNameEvenWhereTheMachineKnowsOne() throws UnknownHostException {
    assertThat(InetAddress.getByAddress(LOOPBACK).getHostName()).isEqualTo("127.0.0.1");
    assertThat(InetAddress.getByAddress(LOOPBACK).getCanonicalHostName()).isEqualTo("127.0.0.1");
  }

  @Test
  void aNameHasItsAddress() throws UnknownHostException {
    assertThat(InetAddress.getByName("localhost").isLoopbackAddress()).isTrue();
  }
}
