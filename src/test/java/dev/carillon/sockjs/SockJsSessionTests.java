package dev.carillon.sockjs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;

import dev.carillon.delivery.CloseCode;
import dev.carillon.delivery.Encoded;
import dev.carillon.delivery.Sink;
import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

class SockJsSessionTests {

	private static final Duration DELAY = Duration.ofSeconds(15);

	private static final Duration BEAT = Duration.ofSeconds(25);

	private final SockJsProperties properties = new SockJsProperties(DELAY, BEAT, DataSize.ofKilobytes(128), "lib.js");

	private final Queue<Runnable> tasks = new ArrayDeque<>();

	private final List<String> told = new ArrayList<>();

	private long now = 1_000_000;

	private final SockJsSession session = new SockJsSession(Transport.XHR, new Caller("10.0.0.1", "", ""),
			this.properties, this.tasks::add, () -> this.now, new ConcurrentHashMap<>(),
			(_, transport, _) -> client(transport));

	private SockJsClient client(String transport) {
		this.told.add("opened " + transport);
		return new SockJsClient() {
			@Override
			public void receive(byte[] message) {
				SockJsSessionTests.this.told.add("message " + new String(message, StandardCharsets.UTF_8));
			}

			@Override
			public void refuse(CloseCode code) {
				SockJsSessionTests.this.told.add("refused " + code);
			}

			@Override
			public int refusals() {
				return 0;
			}

			@Override
			public boolean isOver() {
				return false;
			}

			@Override
			public void touched() {
				SockJsSessionTests.this.told.add("touched");
			}

			@Override
			public void closed(CloseCode code) {
				SockJsSessionTests.this.told.add("closed " + code);
			}
		};
	}

	private static List<Encoded> frames(String... texts) {
		return java.util.Arrays.stream(texts)
			.map((text) -> new Encoded(text.getBytes(StandardCharsets.UTF_8), false))
			.toList();
	}

	/** What other threads do. */
	private void work() {
		Runnable task;
		while ((task = this.tasks.poll()) != null) {
			task.run();
		}
	}

	private Waiting ask(Waiting request) throws IOException {
		this.session.receive(request);
		return request;
	}

	private Written write(String... texts) {
		Written written = new Written();
		this.session.write(frames(texts), written);
		return written;
	}

	private void pass(Duration time) {
		this.now += time.toNanos();
	}

	@Test
	void receiveWhenFirstThenOpens() throws IOException {
		Waiting first = ask(Waiting.poll());
		assertThat(first.frames).containsExactly("o");
		assertThat(first.finished).isTrue();
		assertThat(this.told).containsExactly("opened sockjs-xhr", "touched");
	}

	@Test
	void writeWhenRequestWaitsThenLeavesOnAnotherThread() throws IOException {
		ask(Waiting.poll());
		Waiting request = ask(Waiting.poll());
		Written written = write("a", "b");
		assertThat(request.frames).isEmpty();
		work();
		assertThat(request.frames).containsExactly("a[\"a\",\"b\"]");
		assertThat(written.outcome).isEqualTo("written");
	}

	@Test
	void writeWhenNoRequestWaitsThenIsCompleteWithTheNext() throws IOException {
		ask(Waiting.poll());
		Written written = write("late");
		work();
		pass(DELAY);
		assertThat(this.session.sweep(this.now)).isFalse();
		assertThat(written.outcome).isNull();
		Waiting request = ask(Waiting.poll());
		assertThat(request.frames).containsExactly("a[\"late\"]");
		assertThat(written.outcome).isEqualTo("written");
	}

	@Test
	void writeWhenStreamingThenResponseGoesOn() throws IOException {
		Waiting stream = ask(Waiting.stream(4));
		for (String text : List.of("1", "2", "3")) {
			assertThat(write(text)).extracting((written) -> written.outcome).isNull();
			work();
		}
		assertThat(stream.frames).containsExactly("o", "a[\"1\"]", "a[\"2\"]", "a[\"3\"]");
		assertThat(stream.finished).isTrue();
		Written next = write("4");
		work();
		assertThat(next.outcome).isNull();
		assertThat(ask(Waiting.stream(4)).frames).containsExactly("a[\"4\"]");
		assertThat(next.outcome).isEqualTo("written");
	}

	@Test
	void receiveWhenAnotherWaitsThenIsSentAway() throws IOException {
		ask(Waiting.poll());
		Waiting first = ask(Waiting.poll());
		Waiting second = ask(Waiting.stream(5));
		assertThat(second.frames).containsExactly("c[2010,\"Another connection still open\"]");
		assertThat(second.finished).isTrue();
		write("still here");
		work();
		assertThat(first.frames).containsExactly("a[\"still here\"]");
	}

	@Test
	void receiveWhenLastAnswerIsOnItsWayThenWaits() throws IOException {
		ask(Waiting.poll());
		Waiting next = Waiting.poll();
		Waiting request = ask(Waiting.poll().meanwhile(() -> receive(next)));
		Written first = write("1");
		work();
		assertThat(first.outcome).isEqualTo("written");
		assertThat(request.frames).containsExactly("a[\"1\"]");
		assertThat(next.frames).isEmpty();
		write("2");
		work();
		assertThat(next.frames).containsExactly("a[\"2\"]");
	}

	private void receive(Waiting request) {
		try {
			this.session.receive(request);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	void sweepWhenAnswerTakesLongThenClientIsNotAway() throws IOException {
		ask(Waiting.poll().meanwhile(() -> {
			pass(DELAY.multipliedBy(2));
			assertThat(this.session.sweep(this.now)).isFalse();
		}));
		assertThat(this.session.sweep(this.now)).isFalse();
		assertThat(this.told).doesNotContain("closed GOING_AWAY");
	}

	@Test
	void closeWhenFramesWaitThenTheyGoFirst() throws IOException {
		ask(Waiting.poll());
		Written last = write("last");
		this.session.close(CloseCode.SILENT, Duration.ZERO);
		assertThat(ask(Waiting.poll()).frames).containsExactly("a[\"last\"]");
		assertThat(last.outcome).isEqualTo("written");
		for (int i = 0; i < 3; i++) {
			assertThat(ask(Waiting.poll()).frames).containsExactly("c[4001,\"heart-beat missed\"]");
		}
		assertThat(write("too late").outcome).isEqualTo("failed");
	}

	@Test
	void closeWhenStreamIsOpenThenEndsIt() throws IOException {
		Waiting stream = ask(Waiting.stream(100));
		this.session.close(CloseCode.NORMAL, Duration.ZERO);
		work();
		assertThat(stream.frames).containsExactly("o", "c[1000,\"normal\"]");
		assertThat(stream.finished).isTrue();
	}

	@Test
	void abortWhenFramesWaitThenDropsThem() throws IOException {
		ask(Waiting.poll());
		write("never");
		this.session.abort(CloseCode.WRITE_TIMEOUT);
		assertThat(ask(Waiting.poll()).frames).containsExactly("c[4002,\"write timeout\"]");
	}

	@Test
	void sweepWhenAwayForTooLongThenIsOver() throws IOException {
		ask(Waiting.poll());
		Written written = write("nobody comes");
		pass(DELAY.plusNanos(1));
		assertThat(this.session.sweep(this.now)).isTrue();
		assertThat(this.told).contains("closed GOING_AWAY");
		assertThat(written.outcome).isNull();
		assertThat(ask(Waiting.poll()).frames).containsExactly("c[1001,\"going away\"]");
	}

	@Test
	void sweepWhenClosedAndNobodyAsksThenIsForgottenWithoutBeingClosedAgain() throws IOException {
		ask(Waiting.poll());
		this.session.close(CloseCode.NORMAL, Duration.ZERO);
		assertThat(this.session.sweep(this.now)).isFalse();
		pass(DELAY.plusNanos(1));
		assertThat(this.session.sweep(this.now)).isTrue();
		assertThat(this.told).doesNotContain("closed GOING_AWAY");
	}

	@Test
	void sweepWhenRequestWaitsInSilenceThenBeats() throws IOException {
		ask(Waiting.poll());
		Waiting request = ask(Waiting.poll());
		pass(BEAT.minusNanos(1));
		this.session.sweep(this.now);
		work();
		assertThat(request.frames).isEmpty();
		pass(Duration.ofNanos(1));
		this.session.sweep(this.now);
		work();
		assertThat(request.frames).containsExactly("h");
	}

	@Test
	void writeWhenResponseBreaksThenSessionIsOver() throws IOException {
		ask(Waiting.poll());
		Waiting broken = ask(Waiting.poll().broken());
		Written written = write("lost");
		work();
		assertThat(broken.finished).isTrue();
		assertThat(written.outcome).isNull();
		assertThat(this.told).contains("closed GOING_AWAY");
		assertThat(ask(Waiting.poll()).frames).containsExactly("c[1002,\"Connection interrupted\"]");
	}

	@Test
	void lostWhenRequestWaitsThenSessionIsOver() throws IOException {
		ask(Waiting.poll());
		Waiting answered = Waiting.poll();
		Waiting request = ask(Waiting.poll());
		this.session.lost(answered);
		assertThat(this.told).doesNotContain("closed GOING_AWAY");
		this.session.lost(request);
		assertThat(this.told).contains("closed GOING_AWAY");
		assertThat(ask(Waiting.poll()).frames).containsExactly("c[1002,\"Connection interrupted\"]");
	}

	@Test
	void receiveWhenAnAnsweredPollIsRepeatedThenSessionIsOver() throws IOException {
		ask(Waiting.poll().over("t=1", "A"));
		ask(Waiting.poll().over("t=2", "A"));
		write("lost");
		work();
		write("next");
		assertThat(ask(Waiting.poll().over("t=2", "B")).frames).containsExactly("c[1001,\"going away\"]");
		assertThat(this.told).containsOnlyOnce("closed GOING_AWAY");
	}

	@Test
	void receiveWhenThePollBeforeIsKnownToHaveArrivedThenGoesOn() throws IOException {
		ask(Waiting.poll().over("t=1", "A"));
		write("1");
		// Within the same millisecond, over the connection of the answer.
		ask(Waiting.poll().over("t=2", "A"));
		write("2");
		assertThat(ask(Waiting.poll().over("t=2", "A")).frames).containsExactly("a[\"2\"]");
		// Something else has come over the connection of the answer.
		write("3");
		this.session.heard("A");
		assertThat(ask(Waiting.poll().over("t=2", "B")).frames).containsExactly("a[\"3\"]");
		// Nothing but a heart-beat is lost.
		ask(Waiting.poll().over("t=3", "B"));
		pass(BEAT);
		this.session.sweep(this.now);
		work();
		write("4");
		assertThat(ask(Waiting.poll().over("t=3", "C")).frames).containsExactly("a[\"4\"]");
	}

	@Test
	void receiveWhenClientHasNoNamesForItsPollsThenGoesOn() throws IOException {
		ask(Waiting.poll().over("c=callback", "A"));
		for (String text : List.of("1", "2", "3")) {
			write(text);
			assertThat(ask(Waiting.poll().over("c=callback", text)).frames).containsExactly("a[\"" + text + "\"]");
		}
	}

	@Test
	void endWhenRequestWaitsThenIsTold() throws IOException {
		Waiting stream = ask(Waiting.stream(100));
		this.session.end(CloseCode.GOING_AWAY);
		work();
		assertThat(this.told).contains("closed GOING_AWAY");
		assertThat(stream.frames).containsExactly("o", "c[1001,\"going away\"]");
	}

	@Test
	void acceptWhenMessagesComeThenHandsThemOnInOrder() throws IOException {
		this.session.accept(new Messages(100),
				new ByteArrayInputStream("[\"1\",\"2\"]".getBytes(StandardCharsets.UTF_8)));
		assertThat(this.told).containsExactly("opened sockjs-xhr", "message 1", "message 2");
	}

	@Test
	void writeTimeoutWhenClientMayStayAwayThenIsLonger() {
		assertThat(this.session.writeTimeout(Duration.ofSeconds(90))).isEqualTo(Duration.ofSeconds(105));
	}

	private static final class Written implements Sink.Completion {

		private String outcome;

		@Override
		public void written() {
			this.outcome = "written";
		}

		@Override
		public void failed(Throwable cause) {
			this.outcome = "failed";
		}

	}

}
