package dev.carillon.delivery;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

import dev.carillon.support.Delivered;
import dev.carillon.support.TextEncoder;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SessionTests {

	private static final String A = "/topic/a";

	private static final String B = "/topic/b";

	private final Stage stage = new Stage("t.pattern=/topic/{name}", "t.log.entries=1000", "t.log.bytes=10MB",
			"t.presence=true", "t.log.keep=1h", "strict.pattern=/topic/strict.{name}", "strict.log.entries=4",
			"strict.slow=disconnect", "q.pattern=/queue/{name}");

	private final Client client = this.stage.client();

	private void beat(long send, long receive) {
		this.client.session.heartBeat(TextEncoder.control("beat"), send, receive);
		this.stage.settle();
	}

	@Test
	void flushWhenAWriteIsUnderWayThenLeftAloneAndCaughtUpInOne() {
		this.client.subscribe("1", A);
		this.client.sink.stall();
		this.stage.publish(A, "1");
		this.stage.settle();
		int writes = this.client.sink.writes().size();
		for (int i = 2; i <= 100; i++) {
			this.stage.publish(A, i, i);
			this.stage.settle();
		}
		assertThat(this.client.sink.writes()).hasSize(writes);
		this.client.sink.flow();
		this.stage.settle();
		assertThat(this.client.sink.writes()).hasSize(writes + 1);
		assertThat(this.client.bodies()).hasSize(100);
	}

	@Test
	void flushWhenControlFramesWaitThenTheyGoFirst() {
		this.client.subscribe("1", A);
		this.client.sink.stall();
		this.stage.publish(A, "1");
		this.stage.settle();
		this.stage.publish(A, "2");
		this.client.session.send(TextEncoder.control("x"));
		this.client.session.send(TextEncoder.control("y"));
		this.stage.settle();
		this.client.sink.forget();
		this.client.sink.flow();
		this.stage.settle();
		assertThat(this.client.sink.lines()).startsWith("C|x", "C|y").hasSize(3);
	}

	@Test
	void flushWhenOneTopicIsHugeThenAnotherHasItsTurn() {
		this.client.subscribe("huge", A).subscribe("small", B);
		this.client.sink.stall();
		this.stage.publish(A, "first");
		this.stage.settle();
		this.client.sink.forget();
		String large = "x".repeat(1000);
		for (int i = 0; i < 500; i++) {
			this.stage.publish(A, large);
		}
		this.stage.publish(B, "hello");
		this.stage.settle();
		this.client.sink.step();
		this.stage.settle();
		assertThat(this.client.sink.messages("small")).as("in the first write").hasSize(1);
		assertThat(this.client.sink.held()).isLessThan(64 * 1024 + Flush.SHARE + 2_000);
		this.client.sink.flow();
		this.stage.settle();
		assertThat(this.client.sink.messages("huge")).hasSize(500);
		assertThat(this.client.sink.writes())
			.allSatisfy((write) -> assertThat(write.stream().mapToInt((frame) -> frame.bytes().length).sum())
				.isLessThan(64 * 1024 + Flush.SHARE + 2_000));
	}

	@Test
	void flushWhenManySubscriptionsAreBehindThenRoundRobin() {
		for (int i = 0; i < 10; i++) {
			this.client.subscribe("s" + i, "/topic/t" + i);
		}
		this.client.sink.stall();
		this.client.session.send(TextEncoder.control("x"));
		this.stage.settle();
		this.client.sink.forget();
		for (int i = 0; i < 10; i++) {
			for (int j = 0; j < 100; j++) {
				this.stage.publish("/topic/t" + i, "x".repeat(1000));
			}
		}
		this.stage.settle();
		for (int write = 0; write < 6; write++) {
			this.client.sink.step();
			this.stage.settle();
		}
		assertThat(this.client.sink.messages().stream().collect(Collectors.groupingBy(Delivered::subscription)))
			.as("each had a turn before one had its second")
			.hasSize(10);
	}

	@Test
	void flushWhenTwoClientsAreAtTheSamePlaceThenTheyShareTheBytes() {
		Client other = this.stage.client();
		this.client.subscribe("1", A);
		other.subscribe("1", A);
		this.client.sink.forget();
		other.sink.forget();
		this.stage.publish(A, 1, 10);
		this.stage.settle();
		assertThat(this.client.sink.writes()).hasSize(1);
		assertThat(this.client.sink.writes().getFirst()).hasSize(1);
		assertThat(this.client.sink.writes().getFirst().getFirst()).isSameAs(other.sink.writes().getFirst().getFirst());
	}

	@Test
	void flushWhenWritesCompleteOnAnotherThreadThenEverythingInOrder() {
		Deque<Runnable> later = new ArrayDeque<>();
		this.client.sink.completeOn(later::add);
		this.client.subscribe("1", A);
		for (int i = 1; i <= 50; i++) {
			this.stage.publish(A, i, i);
			this.stage.settle();
			if (i % 7 == 0 && !later.isEmpty()) {
				Thread thread = Thread.ofPlatform().start(later.remove());
				assertThat(join(thread)).isTrue();
			}
		}
		while (!later.isEmpty()) {
			later.remove().run();
			this.stage.settle();
		}
		assertThat(this.client.sink.messages()).extracting(Delivered::offset)
			.isSorted()
			.doesNotHaveDuplicates()
			.hasSize(50);
	}

	private static boolean join(Thread thread) {
		try {
			return thread.join(Duration.ofSeconds(10));
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	@Test
	void writeWhenItFailsThenAbortedAndEverythingIsLeft() {
		this.client.subscribe("1", A);
		this.client.sink.stall();
		this.stage.publish(A, "1");
		this.stage.settle();
		this.client.sink.fail(new IOException("reset"));
		this.stage.settle();
		assertThat(this.client.sink.aborted()).isEqualTo(CloseCode.GOING_AWAY);
		assertThat(this.stage.events).containsExactly("s0 follows /topic/a", "s0 left /topic/a",
				"s0 closed GOING_AWAY");
	}

	@Test
	void writeWhenItTakesTooLongThenAborted() {
		this.client.subscribe("1", A);
		this.client.sink.stall();
		this.stage.publish(A, "1");
		this.stage.settle();
		this.stage.pass(Duration.ofSeconds(90));
		assertThat(this.client.sink.isOver()).isFalse();
		this.stage.pass(Duration.ofSeconds(1));
		assertThat(this.client.sink.aborted()).isEqualTo(CloseCode.WRITE_TIMEOUT);
		assertThat(this.stage.events.getLast()).isEqualTo("s0 closed WRITE_TIMEOUT");
		this.client.sink.flow();
		this.stage.settle();
	}

	@Test
	void sendWhenNobodyReadsThenClosedAboveTheLimit() {
		this.client.subscribe("1", A);
		this.client.sink.stall();
		this.client.session.send(TextEncoder.control("in flight"));
		this.stage.settle();
		for (int i = 0; i < 19; i++) {
			this.client.session.send(TextEncoder.control("x".repeat(97)));
		}
		this.stage.settle();
		assertThat(this.client.sink.isOver()).isFalse();
		this.client.session.send(TextEncoder.control("x".repeat(97)));
		this.client.session.send(TextEncoder.control("x".repeat(97)));
		this.stage.settle();
		assertThat(this.client.sink.aborted()).isEqualTo(CloseCode.SLOW_CONSUMER);
		assertThat(this.stage.events).containsExactly("s0 follows /topic/a", "s0 left /topic/a",
				"s0 closed SLOW_CONSUMER");
	}

	@Test
	void closeWhenFramesWaitThenTheyLeaveFirst() {
		this.client.subscribe("1", A);
		this.client.sink.stall();
		this.stage.publish(A, "1");
		this.stage.settle();
		this.client.session.send(TextEncoder.control("last words"));
		this.client.session.close(CloseCode.POLICY);
		this.client.session.close(CloseCode.NORMAL);
		this.client.session.send(TextEncoder.control("too late"));
		this.stage.publish(A, "2");
		this.stage.settle();
		assertThat(this.client.sink.isOver()).isFalse();
		this.client.sink.flow();
		this.stage.settle();
		assertThat(this.client.sink.controls()).containsExactly("receipt 1", "last words");
		assertThat(this.client.bodies()).containsExactly("1");
		assertThat(this.client.sink.closed()).isEqualTo(CloseCode.POLICY);
		assertThat(this.stage.events).containsExactly("s0 follows /topic/a", "s0 left /topic/a", "s0 closed POLICY");
	}

	@Test
	void closeWhenNothingWaitsThenClosedAtOnce() {
		this.client.session.close(CloseCode.NORMAL);
		this.stage.settle();
		assertThat(this.client.sink.closed()).isEqualTo(CloseCode.NORMAL);
	}

	@Test
	void transportClosedWhenTwiceThenClosedOnceAndNothingMoreIsWritten() {
		this.client.subscribe("1", A);
		this.client.sink.stall();
		this.stage.publish(A, "1");
		this.stage.settle();
		this.client.session.transportClosed(CloseCode.NORMAL);
		this.client.session.transportClosed(CloseCode.GOING_AWAY);
		this.client.session.send(TextEncoder.control("too late"));
		this.stage.publish(A, "2");
		this.stage.settle();
		this.client.sink.flow();
		this.stage.settle();
		assertThat(this.client.bodies()).containsExactly("1");
		assertThat(this.client.sink.controls()).containsExactly("receipt 1");
		assertThat(this.client.sink.isOver()).as("the transport knows").isFalse();
		assertThat(this.stage.events).containsExactly("s0 follows /topic/a", "s0 left /topic/a", "s0 closed NORMAL");
		assertThat(this.stage.loop().sessionCount()).isZero();
	}

	@Test
	void subscribeWhenClosingThenNothingHappens() {
		this.client.session.close(CloseCode.NORMAL);
		this.client.begin("1", A);
		this.stage.settle();
		assertThat(this.client.placements).isEmpty();
		assertThat(this.stage.events).containsExactly("s0 closed NORMAL");
	}

	@Test
	void expireWhenTheTimeComesThenNotOneMessageMore() {
		this.client.subscribe("1", A);
		this.client.session.expire(Duration.ofSeconds(10).toNanos(), CloseCode.EXPIRED,
				() -> this.client.session.send(TextEncoder.control("token expired")));
		this.stage.pass(Duration.ofMillis(9_900));
		this.stage.publish(A, "in time");
		this.stage.settle();
		this.stage.clock.advance(Duration.ofMillis(100));
		this.stage.publish(A, "too late");
		this.stage.settle();
		assertThat(this.client.bodies()).containsExactly("in time");
		assertThat(this.client.sink.controls()).containsExactly("receipt 1", "token expired");
		assertThat(this.client.sink.closed()).isEqualTo(CloseCode.EXPIRED);
	}

	@Test
	void expireWhenNobodyPublishesThenClosedByTheSweep() {
		this.client.session.expire(Duration.ofMillis(50).toNanos(), CloseCode.EXPIRED, () -> {
		});
		this.stage.settle();
		this.stage.clock.advance(Duration.ofMillis(50));
		this.stage.settle();
		assertThat(this.client.sink.closed()).isEqualTo(CloseCode.EXPIRED);
	}

	@Test
	void expireWhenAWriteIsUnderWayThenNothingFollowsIt() {
		this.client.subscribe("1", A);
		this.client.session.expire(Duration.ofSeconds(1).toNanos(), CloseCode.EXPIRED,
				() -> this.client.session.send(TextEncoder.control("token expired")));
		this.client.sink.stall();
		this.stage.publish(A, 1, 2);
		this.stage.settle();
		this.stage.publish(A, 3, 4);
		this.stage.clock.advance(Duration.ofSeconds(1));
		this.client.sink.flow();
		this.stage.settle();
		assertThat(this.client.bodies()).containsExactly("1", "2");
		assertThat(this.client.sink.closed()).isEqualTo(CloseCode.EXPIRED);
	}

	@Test
	void expireWhenProlongedThenOnlyTheLaterEndHolds() {
		this.client.session.expire(Duration.ofSeconds(1).toNanos(), CloseCode.EXPIRED, () -> {
		});
		this.client.session.expire(Duration.ofSeconds(60).toNanos(), CloseCode.EXPIRED, () -> {
		});
		this.stage.pass(Duration.ofSeconds(59));
		assertThat(this.client.sink.isOver()).isFalse();
		this.client.session.expire(Long.MAX_VALUE, CloseCode.EXPIRED, () -> {
		});
		this.stage.pass(Duration.ofSeconds(60));
		assertThat(this.client.sink.isOver()).isFalse();
	}

	@Test
	void heartBeatWhenNothingIsSentThenInTimeAndOnlyThen() {
		beat(10_000, 0);
		this.client.subscribe("1", A);
		this.stage.pass(Duration.ofSeconds(9));
		assertThat(this.client.sink.controls()).doesNotContain("beat");
		this.stage.publish(A, "1");
		this.stage.pass(Duration.ofSeconds(9));
		assertThat(this.client.sink.controls()).as("a message is as good").doesNotContain("beat");
		this.stage.pass(Duration.ofSeconds(1));
		assertThat(this.client.sink.controls()).containsOnlyOnce("beat");
		this.stage.pass(Duration.ofSeconds(30));
		assertThat(this.client.sink.controls().stream().filter("beat"::equals)).hasSizeBetween(4, 5);
	}

	@Test
	void heartBeatWhenAWriteIsUnderWayThenNoneIsQueued() {
		beat(1_000, 0);
		this.client.sink.stall();
		this.client.session.send(TextEncoder.control("x"));
		this.stage.pass(Duration.ofSeconds(60));
		this.client.sink.flow();
		this.stage.settle();
		assertThat(this.client.sink.controls()).containsExactly("x");
	}

	@Test
	void heartBeatWhenTheClientIsSilentThenClosedAfterTwiceItsPromise() {
		beat(0, 10_000);
		this.stage.pass(Duration.ofSeconds(15));
		this.client.session.touched();
		this.stage.pass(Duration.ofSeconds(20));
		assertThat(this.client.sink.isOver()).isFalse();
		this.stage.pass(Duration.ofSeconds(1));
		assertThat(this.client.sink.closed()).isEqualTo(CloseCode.SILENT);
	}

	@Test
	void heartBeatWhenNothingIsPromisedThenNoBeatAndNoEnd() {
		beat(0, 0);
		this.stage.pass(Duration.ofMinutes(10));
		assertThat(this.client.sink.lines()).isEmpty();
		assertThat(this.client.sink.isOver()).isFalse();
	}

	@Test
	void followedAndLeftWhenPresenceIsOnThenOnceForEachSubscription() {
		this.client.subscribe("1", A).subscribe("2", B).subscribe("3", "/queue/x");
		this.client.unsubscribe("1");
		this.client.session.close(CloseCode.NORMAL);
		this.stage.settle();
		assertThat(this.stage.events).containsExactly("s0 follows /topic/a", "s0 follows /topic/b", "s0 left /topic/a",
				"s0 left /topic/b", "s0 closed NORMAL");
	}

	@Test
	void executeWhenTheSessionIsOverThenNotRun() {
		List<String> ran = new ArrayList<>();
		this.client.session.execute(() -> ran.add("before"));
		this.client.session.close(CloseCode.NORMAL);
		this.stage.settle();
		this.client.session.execute(() -> ran.add("after"));
		this.stage.settle();
		assertThat(ran).containsExactly("before");
	}

	@Test
	void expireWhenItsActionFailsThenThatSessionEndsAndTheLoopGoesOn() {
		this.client.session.expire(Duration.ofMillis(50).toNanos(), CloseCode.EXPIRED, () -> {
			throw new IllegalStateException("no words");
		});
		Client other = this.stage.client();
		other.subscribe("1", A);
		this.stage.clock.advance(Duration.ofMillis(50));
		this.stage.settle();
		this.stage.publish(A, "1");
		this.stage.settle();
		assertThat(this.client.sink.isOver()).isTrue();
		assertThat(other.bodies()).containsExactly("1");
	}

	@Test
	void closeWhenAWriteIsUnderWayForLongThenItHasTenSecondsMore() {
		this.client.subscribe("1", A);
		this.client.sink.stall();
		this.stage.publish(A, "1");
		this.stage.pass(Duration.ofSeconds(60));
		this.client.session.close(CloseCode.POLICY);
		this.stage.pass(Duration.ofSeconds(9));
		assertThat(this.client.sink.isOver()).isFalse();
		this.stage.pass(Duration.ofSeconds(2));
		assertThat(this.client.sink.aborted()).as("the first reason counts").isEqualTo(CloseCode.POLICY);
		assertThat(this.stage.events.getLast()).isEqualTo("s0 closed POLICY");
	}

}
