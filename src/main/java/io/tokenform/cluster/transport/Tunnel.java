package io.tokenform.cluster.transport;

import java.io.IOException;
import org.apache.hc.client5.http.auth.AuthExchange;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.auth.BasicScheme;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;

/**
 * The way through a proxy. The library gives a proxy's refusal as if it were the cluster's answer,
 * and a proxy's 401 or 404 would be taken for a wrong token or a wrong account: here it is told
 * apart, by whether the request itself ever went out.
 */
public final class Tunnel {
  private static final String SENT = "tokenform.sent";

  private final HttpProxy proxy;
  private final HttpHost host;

  private Tunnel(HttpProxy proxy) {
    this.proxy = proxy;
    this.host = new HttpHost("http", proxy.host(), proxy.port());
  }

  public static void addTo(HttpClientBuilder client, HttpProxy proxy) {
    Tunnel tunnel = new Tunnel(proxy);
    client
        .setProxy(tunnel.host)
        .addExecInterceptorBefore(ChainElement.CONNECT.name(), "tunnel", tunnel::around)
        .addExecInterceptorLast("sent", Tunnel::inside);
  }

  private ClassicHttpResponse around(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    if (proxy.user().isPresent()) {
      BasicScheme basic = new BasicScheme();
      basic.initPreemptive(
          new UsernamePasswordCredentials(
              proxy.user().get(), proxy.password().orElseThrow().reveal().toCharArray()));
      AuthExchange exchange = new AuthExchange();
      exchange.select(basic);
      scope.clientContext.setAuthExchange(host, exchange);
    }
    scope.clientContext.removeAttribute(SENT);
    ClassicHttpResponse answer = chain.proceed(request, scope);
    if (scope.clientContext.getAttribute(SENT) == null) {
      scope.execRuntime.discardEndpoint();
      throw new ProxyRefusedException(answer);
    }
    return answer;
  }

  private static ClassicHttpResponse inside(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    scope.clientContext.setAttribute(SENT, true);
    return chain.proceed(request, scope);
  }
}
