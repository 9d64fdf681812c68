package dev.carillon.http;

import java.nio.ByteBuffer;

import dev.carillon.security.Problems;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;

/**
 * What the web server itself refuses, such as a request whose head is too large, as a
 * problem document.
 *
 * @param json writes the document
 */
record ServerProblems(JsonMapper json) implements Request.Handler {

	@Override
	public boolean handle(Request request, Response response, Callback callback) {
		HttpStatusCode status = HttpStatusCode.valueOf(response.getStatus());
		ProblemDetail problem = ProblemDetail.forStatus(status);
		problem.setProperty("code", Problems.code(status).text());
		response.getHeaders().put(HttpHeader.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
		response.write(true, ByteBuffer.wrap(this.json.writeValueAsBytes(problem)), callback);
		return true;
	}

}
