package io.innkeeper.api.http;

import io.innkeeper.view.Json;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** What Jetty answers by itself (a request that is not HTTP, a path with tricks, too long headers), as a problem like any other. */
final class UnreadableRequests extends ErrorHandler {
    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        response.write(true, ByteBuffer.wrap(problem(code, response.getHeaders())), callback);
    }

    private static byte[] problem(int status, HttpFields.Mutable headers) {
        headers.put(HttpHeader.CONTENT_TYPE, "application/problem+json");
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        String title = HttpStatus.getMessage(status);
        String detail = status >= 500 ? "a fault in Innkeeper; its log has the details" : "the request cannot be read";
        return Json.MAPPER.writeValueAsBytes(Problem.of(status, "http-" + status, title, detail));
    }
}
