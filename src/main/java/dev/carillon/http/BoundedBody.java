package dev.carillon.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.LongSupplier;

import dev.carillon.security.Problems;
import dev.carillon.topic.Refusal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.MediaType;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Bounds the body of a request in size and in time: what says that it is too large is not
 * read at all, and of the rest no more than the limit.
 */
final class BoundedBody extends OncePerRequestFilter {

	private final long limit;

	private final Duration timeout;

	private final LongSupplier nanoTime;

	private final JsonMapper json;

	BoundedBody(DataSize limit, Duration timeout, LongSupplier nanoTime, JsonMapper json) {
		this.limit = limit.toBytes();
		this.timeout = timeout;
		this.nanoTime = nanoTime;
		this.json = json;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		long length = request.getContentLengthLong();
		if (length > this.limit) {
			Refusal refusal = tooLarge();
			response.setStatus(Problems.status(refusal.code()).value());
			response.setHeader("Connection", "close");
			response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
			response.getOutputStream().write(this.json.writeValueAsBytes(Problems.of(refusal)));
		}
		else if (length == 0 || (length < 0 && request.getHeader("Transfer-Encoding") == null)) {
			chain.doFilter(request, response);
		}
		else {
			chain.doFilter(new Bounded(request), response);
		}
	}

	private Refusal tooLarge() {
		return new Refusal(Refusal.Code.TOO_LARGE,
				"The body of a request may have " + this.limit + " bytes (carillon.http.body-size)");
	}

	/** A request whose body is measured as it is read. */
	private final class Bounded extends HttpServletRequestWrapper {

		private Bounded(HttpServletRequest request) {
			super(request);
		}

		@Override
		public ServletInputStream getInputStream() throws IOException {
			return new Measured(super.getInputStream());
		}

		@Override
		public BufferedReader getReader() throws IOException {
			String charset = getCharacterEncoding();
			return new BufferedReader(new InputStreamReader(getInputStream(),
					(charset != null) ? charset : StandardCharsets.UTF_8.name()));
		}

	}

	private final class Measured extends ServletInputStream {

		private final ServletInputStream body;

		private final long deadline = BoundedBody.this.nanoTime.getAsLong() + BoundedBody.this.timeout.toNanos();

		private long count;

		private Measured(ServletInputStream body) {
			this.body = body;
		}

		@Override
		public int read() throws IOException {
			int value = this.body.read();
			measure((value < 0) ? 0 : 1);
			return value;
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			int read = this.body.read(bytes, offset, length);
			measure(Math.max(0, read));
			return read;
		}

		private void measure(int more) {
			this.count += more;
			if (this.count > BoundedBody.this.limit) {
				throw tooLarge();
			}
			if (more > 0 && BoundedBody.this.nanoTime.getAsLong() - this.deadline > 0) {
				throw new Refusal(Refusal.Code.BAD_FRAME,
						"The body of the request came too slowly (carillon.http.request-timeout)");
			}
		}

		@Override
		public boolean isFinished() {
			return this.body.isFinished();
		}

		@Override
		public boolean isReady() {
			return this.body.isReady();
		}

		@Override
		public void setReadListener(ReadListener listener) {
			this.body.setReadListener(listener);
		}

	}

}
