package dev.qudag.crypto.tls;

import java.security.SecureRandom;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.bouncycastle.jsse.BCSSLEngine;
import org.bouncycastle.jsse.BCSSLParameters;

/** A context of Bouncy Castle's whose engines all start with the same parameters. */
final class FixedContext extends SSLContext {
  FixedContext(SSLContext context, Supplier<BCSSLParameters> parameters) {
    super(new Engines(context, parameters), context.getProvider(), context.getProtocol());
  }

  private static final class Engines extends SSLContextSpi {
    private final SSLContext context;
    private final Supplier<BCSSLParameters> parameters;

    Engines(SSLContext context, Supplier<BCSSLParameters> parameters) {
      this.context = context;
      this.parameters = parameters;
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
      return fixed(context.createSSLEngine());
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
      return fixed(context.createSSLEngine(host, port));
    }

    private SSLEngine fixed(SSLEngine engine) {
      ((BCSSLEngine) engine).setParameters(parameters.get());
      return engine;
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
      return context.getServerSessionContext();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
      return context.getClientSessionContext();
    }

    @Override
    protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random) {
      throw new IllegalStateException("this context is complete");
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
      throw new UnsupportedOperationException("this context makes engines only");
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
      throw new UnsupportedOperationException("this context makes engines only");
    }
  }
}
