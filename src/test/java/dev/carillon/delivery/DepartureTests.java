package dev.carillon.delivery;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import dev.carillon.support.RecordingSink;
import dev.carillon.support.TextEncoder;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How sessions are sent away before the process ends.
 */
class DepartureTests {

	private static final Duration PERIOD = Duration.ofSeconds(10);

	private static final Duration SPREAD = Duration.ofSeconds(5);

	private final Stage stage = new Stage("a.pattern=/topic/a");

	private CompletableFuture<Void> depart() {
		return depart(Duration.ZERO);
	}

	private CompletableFuture<Void> depart(Duration away) {
		CompletableFuture<Void> done = this.stage.loop().depart(PERIOD, SPREAD, away, new SplittableRandom(1));
		this.stage.settle();
		return done;
	}

	private static long gone(List<Client> clients) {
		return clients.stream().filter((client) -> client.sink.closed() != null).count();
	}

	@Test
	void departWhenManySessionsThenTheyLeaveEvenlyOverThePeriod() {
		List<Client> clients = IntStream.range(0, 1_000).mapToObj((_) -> this.stage.client()).toList();
		CompletableFuture<Void> done = depart();
		for (int second = 1; second < PERIOD.toSeconds(); second++) {
			this.stage.pass(Duration.ofSeconds(1));
			assertThat(gone(clients)).as("after %d s", second).isBetween(second * 100L - 60, second * 100L + 60);
			assertThat(done).isNotDone();
		}
		this.stage.pass(Duration.ofSeconds(1).plus(DeliveryLoop.SWEEP));
		assertThat(gone(clients)).isEqualTo(1_000);
		assertThat(done).isCompleted();
	}

	@Test
	void departWhenSessionIsSentAwayThenRestartAndHintOfItsOwn() {
		List<Client> clients = IntStream.range(0, 100).mapToObj((_) -> this.stage.client()).toList();
		depart();
		this.stage.pass(PERIOD);
		assertThat(clients).extracting((client) -> client.sink.closed()).containsOnly(CloseCode.RESTART);
		List<Duration> hints = clients.stream().map((client) -> client.sink.retryAfter()).toList();
		assertThat(hints).allMatch((hint) -> hint.isPositive() && hint.compareTo(SPREAD) <= 0);
		assertThat(hints.stream().distinct().count()).isGreaterThan(80);
		assertThat(CloseCode.RESTART.reason(Duration.ofMillis(1234))).isEqualTo("restart; retry-after=1234");
	}

	@Test
	void departWhenNobodyElseIsThereThenHintsReachBeyondTheAbsence() {
		Duration away = Duration.ofSeconds(7);
		List<Client> clients = IntStream.range(0, 1_000).mapToObj((_) -> this.stage.client()).toList();
		depart(away);
		assertThat(hints(clients)).isNotEmpty()
			.allSatisfy((hint) -> assertThat(hint).isBetween(PERIOD.plus(away), PERIOD.plus(away).plus(SPREAD)));
		this.stage.pass(PERIOD.plus(DeliveryLoop.SWEEP));
		assertThat(hints(clients)).hasSize(1_000)
			.allSatisfy((hint) -> assertThat(hint).isBetween(away, PERIOD.plus(away).plus(SPREAD)))
			.anySatisfy((hint) -> assertThat(hint).isLessThan(away.plus(SPREAD).plus(DeliveryLoop.SWEEP)));
	}

	@Test
	void departWhenFewSessionsAndNobodyElseIsThereThenHintsDoNotWaitForThePeriod() {
		Duration away = Duration.ofSeconds(7);
		List<Client> clients = IntStream.range(0, 5).mapToObj((_) -> this.stage.client()).toList();
		depart(away);
		assertThat(hints(clients)).hasSize(5)
			.allSatisfy((hint) -> assertThat(hint).isBetween(away, away.plus(SPREAD).plus(DeliveryLoop.SWEEP)));
	}

	private static List<Duration> hints(List<Client> clients) {
		return clients.stream()
			.filter((client) -> client.sink.closed() != null)
			.map((client) -> client.sink.retryAfter())
			.toList();
	}

	@Test
	void departWhenFewSessionsThenAtOnce() {
		List<Client> clients = IntStream.range(0, Departure.LEAST).mapToObj((_) -> this.stage.client()).toList();
		CompletableFuture<Void> done = depart();
		assertThat(gone(clients)).isEqualTo(Departure.LEAST);
		this.stage.pass(DeliveryLoop.SWEEP);
		assertThat(done).isCompleted();
	}

	@Test
	void departWhenThereIsNobodyThenDoneAtOnce() {
		assertThat(depart()).isCompleted();
	}

	@Test
	void departWhenSessionsComeMeanwhileThenTheyAreSentAwayToo() {
		this.stage.client();
		CompletableFuture<Void> done = depart();
		Client late = this.stage.client();
		this.stage.pass(DeliveryLoop.SWEEP.multipliedBy(2));
		assertThat(late.sink.closed()).isEqualTo(CloseCode.RESTART);
		assertThat(done).isCompleted();
	}

	@Test
	void departWhenWhatWasPublishedIsNotWrittenYetThenControlFramesLeaveFirst() {
		Client client = this.stage.client().subscribe("1", "/topic/a");
		client.sink.stall();
		this.stage.publish("/topic/a", "first");
		this.stage.settle();
		client.session.send(TextEncoder.control("receipt of what came before"));
		depart();
		assertThat(client.sink.closed()).isNull();
		client.sink.flow();
		this.stage.settle();
		assertThat(client.sink.controls()).endsWith("receipt of what came before");
		assertThat(client.sink.closed()).isEqualTo(CloseCode.RESTART);
	}

	@Test
	void departWhenOwnerIsAmidSomethingThenClosedWhenItHasFinished() {
		Amid owner = new Amid(new CompletableFuture<>());
		RecordingSink sink = new RecordingSink();
		Session session = new Session("amid", 7, this.stage.loop(), sink, owner, new Origin("test", null));
		this.stage.loop().opened(session);
		depart();
		this.stage.pass(DeliveryLoop.SWEEP);
		assertThat(sink.closed()).isNull();
		session.send(TextEncoder.control("the last receipt"));
		owner.finish().complete(null);
		this.stage.settle();
		assertThat(sink.controls()).containsExactly("the last receipt");
		assertThat(sink.closed()).isEqualTo(CloseCode.RESTART);
	}

	private record Amid(CompletableFuture<Void> finish) implements Finishing {
	}

}
