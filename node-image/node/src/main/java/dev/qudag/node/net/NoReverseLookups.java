package dev.qudag.node.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.stream.Stream;

/**
 * Makes it impossible that a node asks DNS for the name of an address (JEP 418). Names are found as
 * the JDK finds them; an address has none but its digits.
 *
 * <p>Nobody here wants such a name, but the JDK's HTTPS server asks for that of every caller: it
 * stands still where DNS does, and lets whoever owns the reverse zone of an address delay it.
 */
public final class NoReverseLookups extends InetAddressResolverProvider {
  @Override
  public InetAddressResolver get(Configuration jdk) {
    return new ForwardOnly(jdk.builtinResolver());
  }

  @Override
  public String name() {
    return "no reverse look-ups";
  }

  private record ForwardOnly(InetAddressResolver jdk) implements InetAddressResolver {
    @Override
    public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
        throws UnknownHostException {
      return jdk.lookupByName(host, policy);
    }

    @Override
    public String lookupByAddress(byte[] address) throws UnknownHostException {
      throw new UnknownHostException("a node asks for the name of no address");
    }
  }
}
