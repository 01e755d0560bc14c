package io.tokenform.sandbox;

import io.tokenform.sandbox.api.ApiReply;
import io.tokenform.sandbox.api.ReplyEntity;
import java.util.Map;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpResponseInterceptor;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Gives the errors that HttpCore answers by itself, such as that for a request without a host, the
 * form of the API's errors. It has to stand behind the interceptor that sets the length.
 */
final class ProtocolErrors implements HttpResponseInterceptor {
  @Override
  public void process(HttpResponse response, EntityDetails entity, HttpContext context) {
    boolean ofHttpCore = entity != null && !(entity instanceof ReplyEntity);
    if (ofHttpCore && response instanceof ClassicHttpResponse classic) {
      ApiReply reply =
          ApiReply.error(response.getCode(), Map.of(), "the request is not valid HTTP/1.1");
      classic.setEntity(new ByteArrayEntity(reply.body(), ContentType.APPLICATION_JSON));
      classic.setHeader(HttpHeaders.CONTENT_TYPE, ContentType.APPLICATION_JSON.toString());
      classic.setHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(reply.body().length));
    }
  }
}
