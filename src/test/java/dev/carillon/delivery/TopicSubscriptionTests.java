package dev.carillon.delivery;

import java.time.Duration;
import java.util.List;

import dev.carillon.support.Delivered;
import dev.carillon.topic.Position;
import dev.carillon.topic.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TopicSubscriptionTests {

	private static final String A = "/topic/a";

	private final Stage stage = new Stage("a.pattern=/topic/a", "a.log.entries=10", "a.log.keep=1m",
			"b.pattern=/topic/b", "b.log.entries=10", "b.replay=2", "b.log.keep=1m", "b.send=anyone",
			"conflate.pattern=/topic/conflate.{x}", "conflate.log.entries=10", "conflate.slow=conflate",
			"lag.pattern=/topic/lag.{x}", "lag.log.entries=100", "lag.max-lag=4", "lag.slow=conflate",
			"droplag.pattern=/topic/droplag", "droplag.log.entries=100", "droplag.max-lag=4",
			"strict.pattern=/topic/strict", "strict.log.entries=10", "strict.slow=disconnect", "strict.log.keep=1m",
			"strictlag.pattern=/topic/strictlag", "strictlag.log.entries=100", "strictlag.max-lag=4",
			"strictlag.slow=disconnect");

	private final Client client = this.stage.client();

	private static List<Long> offsets(List<Delivered> messages) {
		return messages.stream().map(Delivered::offset).toList();
	}

	private static List<String> missed(List<Delivered> messages) {
		return messages.stream().map(Delivered::missed).toList();
	}

	@Test
	void subscribeWhenPlacedThenTheReceiptSaysWhereAndAllThatFollowsIsDelivered() {
		this.stage.publish(A, 1, 3);
		this.client.subscribe("1", A);
		assertThat(this.client.placements.get("1")).isEqualTo(new Placement(List.of(this.stage.topic(A).head()), null));
		this.stage.publish(A, 4, 6);
		this.stage.settle();
		assertThat(this.client.sink.lines().getFirst()).isEqualTo("C|receipt 1");
		assertThat(this.client.bodies()).containsExactly("4", "5", "6");
		assertThat(missed(this.client.sink.messages())).containsOnly("");
	}

	@Test
	void subscribeWhenPublishedBeforeTheLoopLooksThenDelivered() {
		this.client.begin("1", A);
		this.stage.publish(A, "1");
		this.stage.settle();
		assertThat(this.client.bodies()).containsExactly("1");
		assertThat(this.client.sink.lines().getFirst()).isEqualTo("C|receipt 1");
	}

	@Test
	void subscribeWhenPolicyReplaysThenTheNewestFirst() {
		this.stage.publish("/topic/b", 1, 5);
		this.client.subscribe("1", "/topic/b");
		assertThat(this.client.bodies()).containsExactly("4", "5");
		assertThat(this.client.placements.get("1").positions().getFirst().offset()).isEqualTo(3);
	}

	@ParameterizedTest
	@CsvSource({ "0, 0", "3, 3", "10, 10", "1000, 10" })
	void subscribeWhenReplayIsAskedForThenAsMuchAsThereIs(int replay, int expected) {
		this.stage.publish("/topic/b", 1, 15);
		this.client.subscribe("1", "/topic/b", Client.replay(replay));
		assertThat(this.client.bodies()).hasSize(expected);
		assertThat(missed(this.client.sink.messages())).as("a replay misses nothing").allMatch(String::isEmpty);
	}

	@Test
	void subscribeWhenIdIsInUseThenRefused() {
		this.client.subscribe("1", A).subscribe("1", "/topic/b");
		assertThat(this.client.refusals).extracting(Refusal::code).containsExactly(Refusal.Code.CONFLICT);
		this.stage.publish("/topic/b", "x");
		this.stage.settle();
		assertThat(this.client.bodies()).isEmpty();
	}

	@Test
	void subscribeWhenTwoIdsThenEachReceivesAll() {
		this.client.subscribe("1", A).subscribe("2", A);
		this.stage.publish(A, 1, 3);
		this.stage.settle();
		assertThat(offsets(this.client.sink.messages("1"))).containsExactly(1L, 2L, 3L);
		assertThat(offsets(this.client.sink.messages("2"))).containsExactly(1L, 2L, 3L);
	}

	@Test
	void resumeWhenNothingIsLostThenRecoveredAndTheRest() {
		this.stage.publish(A, 1, 8);
		Position head = this.stage.topic(A).head();
		this.client.subscribe("1", A, Client.from(new Position(head.epoch(), 5)));
		assertThat(this.client.placements.get("1"))
			.isEqualTo(new Placement(List.of(new Position(head.epoch(), 5)), true));
		assertThat(offsets(this.client.sink.messages())).containsExactly(6L, 7L, 8L);
	}

	@Test
	void resumeWhenExactlyAtTheTailThenRecovered() {
		this.stage.publish(A, 1, 15);
		Position head = this.stage.topic(A).head();
		this.client.subscribe("1", A, Client.from(new Position(head.epoch(), 5)));
		assertThat(this.client.placements.get("1").recovered()).isTrue();
		assertThat(offsets(this.client.sink.messages())).startsWith(6L).hasSize(10);
		assertThat(missed(this.client.sink.messages())).containsOnly("");
	}

	@Test
	void resumeWhenBeyondTheTailThenNotRecoveredAndTheFirstMessageSaysWhatIsMissed() {
		this.stage.publish(A, 1, 15);
		Position head = this.stage.topic(A).head();
		this.client.subscribe("1", A, Client.from(new Position(head.epoch(), 2)));
		assertThat(this.client.placements.get("1"))
			.isEqualTo(new Placement(List.of(new Position(head.epoch(), 2)), false));
		assertThat(offsets(this.client.sink.messages())).startsWith(6L).hasSize(10);
		assertThat(this.client.sink.messages().getFirst().missed()).isEqualTo("3-5");
	}

	@Test
	void resumeWhenTheEpochChangedThenNotRecoveredAndLikeNew() {
		this.stage.publish("/topic/b", 1, 5);
		Position old = this.stage.topic("/topic/b").head();
		this.stage.clock.advance(Duration.ofMinutes(2));
		this.stage.topics.sweep();
		this.stage.publish("/topic/b", 11, 18);
		this.client.subscribe("1", "/topic/b", Client.from(old));
		assertThat(this.client.placements.get("1"))
			.isEqualTo(new Placement(List.of(new Position(old.epoch() + 1, 6)), false));
		assertThat(this.client.bodies()).containsExactly("17", "18");
	}

	@Test
	void resumeWhenTheOffsetWasNeverGivenOutThenNotRecoveredAndLikeNew() {
		this.stage.publish(A, 1, 5);
		Position head = this.stage.topic(A).head();
		this.client.subscribe("1", A, Client.from(new Position(head.epoch(), 6)));
		assertThat(this.client.placements.get("1")).isEqualTo(new Placement(List.of(head), false));
		this.stage.publish(A, 6, 7);
		this.stage.settle();
		assertThat(this.client.bodies()).containsExactly("6", "7");
	}

	@Test
	void dropWhenStalledThenGoesOnAtTheTail() {
		this.client.subscribe("1", A);
		this.client.sink.stall();
		this.stage.publish(A, "1");
		this.stage.settle();
		this.stage.publish(A, 2, 30);
		this.stage.settle();
		assertThat(this.client.bodies()).containsExactly("1");
		this.client.sink.flow();
		this.stage.settle();
		assertThat(offsets(this.client.sink.messages())).containsExactly(1L, 21L, 22L, 23L, 24L, 25L, 26L, 27L, 28L,
				29L, 30L);
		assertThat(this.client.sink.messages().get(1).missed()).isEqualTo("2-20");
		assertThat(missed(this.client.sink.messages()).stream().filter((text) -> !text.isEmpty())).hasSize(1);
		assertThat(this.stage.loop().stats().of(this.stage.topic(A).policy()).missed().get()).isEqualTo(19);
	}

	@Test
	void dropWhenBehindMaxLagThenTheNewestOfThatMany() {
		this.client.subscribe("1", "/topic/droplag");
		this.stage.publish("/topic/droplag", 1, 20);
		this.stage.settle();
		assertThat(offsets(this.client.sink.messages())).containsExactly(17L, 18L, 19L, 20L);
		assertThat(this.client.sink.messages().getFirst().missed()).isEqualTo("1-16");
	}

	@Test
	void conflateWhenStalledThenOnlyTheNewest() {
		this.client.subscribe("1", "/topic/conflate.x");
		this.client.sink.stall();
		this.stage.publish("/topic/conflate.x", "1");
		this.stage.settle();
		this.stage.publish("/topic/conflate.x", 2, 30);
		this.client.sink.flow();
		this.stage.settle();
		assertThat(offsets(this.client.sink.messages())).containsExactly(1L, 30L);
		assertThat(this.client.sink.messages().get(1).missed()).isEqualTo("2-29");
	}

	@Test
	void conflateWhenWithinTheLogThenEverything() {
		this.client.subscribe("1", "/topic/conflate.x");
		this.stage.publish("/topic/conflate.x", 1, 10);
		this.stage.settle();
		assertThat(this.client.bodies()).hasSize(10);
	}

	@Test
	void conflateWhenBehindMaxLagThenOnlyTheNewest() {
		this.client.subscribe("1", "/topic/lag.x");
		this.stage.publish("/topic/lag.x", 1, 4);
		this.stage.settle();
		this.stage.publish("/topic/lag.x", 5, 9);
		this.stage.settle();
		assertThat(offsets(this.client.sink.messages())).containsExactly(1L, 2L, 3L, 4L, 9L);
		assertThat(this.client.sink.messages().getLast().missed()).isEqualTo("5-8");
	}

	@Test
	void latestWhenBehindThenOnlyTheNewestAndWhatWasMissed() {
		this.client.subscribe("1", A, Client.latest());
		this.stage.publish(A, 1, 3);
		this.stage.settle();
		this.stage.publish(A, 4, 4);
		this.stage.settle();
		assertThat(offsets(this.client.sink.messages())).containsExactly(3L, 4L);
		assertThat(missed(this.client.sink.messages())).containsExactly("1-2", "");
	}

	@Test
	void disconnectWhenStalledThenClosedAsSlow() {
		this.client.subscribe("1", "/topic/strict");
		this.client.sink.stall();
		this.stage.publish("/topic/strict", "1");
		this.stage.settle();
		this.stage.publish("/topic/strict", 2, 11);
		this.stage.settle();
		assertThat(this.stage.events).as("still within the log").isEmpty();
		this.stage.publish("/topic/strict", 12, 12);
		this.stage.settle();
		this.client.sink.flow();
		this.stage.settle();
		assertThat(this.client.sink.closed()).isEqualTo(CloseCode.SLOW_CONSUMER);
		assertThat(this.client.bodies()).containsExactly("1");
		assertThat(this.stage.events).containsExactly("s0 closed SLOW_CONSUMER");
	}

	@Test
	void disconnectWhenBehindMaxLagThenClosedAndOthersAreNot() {
		Client quick = this.stage.client();
		quick.subscribe("1", "/topic/strictlag");
		this.client.subscribe("1", "/topic/strictlag");
		this.client.sink.stall();
		for (int i = 1; i <= 10; i++) {
			this.stage.publish("/topic/strictlag", i, i);
			this.stage.settle();
		}
		this.client.sink.flow();
		this.stage.settle();
		assertThat(this.client.sink.closed()).isEqualTo(CloseCode.SLOW_CONSUMER);
		assertThat(quick.bodies()).hasSize(10);
		assertThat(quick.sink.isOver()).isFalse();
	}

	@Test
	void expireWhenEverythingUnreadGrewOldThenTheNextMessageReportsIt() {
		this.client.subscribe("1", A);
		this.client.sink.stall();
		this.stage.publish(A, "1");
		this.stage.settle();
		this.stage.publish(A, 2, 5);
		this.stage.clock.advance(Duration.ofSeconds(70));
		this.stage.topics.sweep();
		this.client.sink.flow();
		this.stage.settle();
		assertThat(this.client.bodies()).containsExactly("1");
		this.stage.publish(A, "6");
		this.stage.settle();
		assertThat(this.client.sink.messages().getLast().missed()).isEqualTo("2-5");
		assertThat(this.client.sink.messages().getLast().offset()).isEqualTo(6);
	}

	@Test
	void ackWhenModeIsClientThenTheWindowOpensForAllUpToIt() {
		this.client.subscribe("1", A, Client.ack(AckMode.CLIENT, 3));
		this.stage.publish(A, 1, 8);
		this.stage.settle();
		assertThat(this.client.bodies()).containsExactly("1", "2", "3");
		assertThat(this.client.ack("1", this.client.position(1))).isTrue();
		assertThat(this.client.bodies()).containsExactly("1", "2", "3", "4", "5");
		assertThat(this.client.ack("1", this.client.position(0))).as("covered already").isFalse();
		assertThat(this.client.ack("1", this.client.position(4))).isTrue();
		assertThat(this.client.bodies()).hasSize(8);
	}

	@Test
	void ackWhenModeIsIndividualThenTheWindowOpensByOne() {
		this.client.subscribe("1", A, Client.ack(AckMode.CLIENT_INDIVIDUAL, 3));
		this.stage.publish(A, 1, 8);
		this.stage.settle();
		assertThat(this.client.ack("1", this.client.position(1))).isTrue();
		assertThat(this.client.bodies()).containsExactly("1", "2", "3", "4");
		assertThat(this.client.nack("1", this.client.position(2))).as("on a topic a NACK settles too").isTrue();
		assertThat(this.client.bodies()).hasSize(5);
		assertThat(this.client.ack("1", this.client.position(1))).isFalse();
	}

	@Test
	void ackWhenNothingWaitsThenFalse() {
		this.client.subscribe("1", A).subscribe("2", "/topic/b", Client.ack(AckMode.CLIENT, 3));
		this.stage.publish(A, "1");
		this.stage.settle();
		Position position = this.client.position(0);
		assertThat(this.client.ack("1", position)).as("mode auto").isFalse();
		assertThat(this.client.ack("2", position)).as("another topic").isFalse();
		assertThat(this.client.ack("3", position)).as("no such subscription").isFalse();
		assertThat(this.client.ack(null, position)).isFalse();
	}

	@Test
	void ackWhenNoSubscriptionIsNamedThenTheOneThatWaits() {
		this.client.subscribe("1", A).subscribe("2", A, Client.ack(AckMode.CLIENT, 1));
		this.stage.publish(A, 1, 2);
		this.stage.settle();
		assertThat(offsets(this.client.sink.messages("2"))).containsExactly(1L);
		assertThat(this.client.ack(null, this.client.sink.messages("2").getFirst().position())).isTrue();
		assertThat(offsets(this.client.sink.messages("2"))).containsExactly(1L, 2L);
	}

	@Test
	void ackWhenTheWindowWasFullForLongThenWhatWasMissedIsReported() {
		this.client.subscribe("1", A, Client.ack(AckMode.CLIENT, 1));
		this.stage.publish(A, 1, 30);
		this.stage.settle();
		assertThat(offsets(this.client.sink.messages())).containsExactly(21L);
		this.stage.publish(A, 31, 40);
		this.stage.settle();
		this.client.ack("1", this.client.position(0));
		assertThat(missed(this.client.sink.messages())).containsExactly("1-20", "22-30");
	}

	@Test
	void unsubscribeWhenSubscribedThenNothingMore() {
		this.client.subscribe("1", A);
		this.stage.publish(A, "1");
		this.stage.settle();
		this.client.unsubscribe("1");
		this.client.unsubscribe("1");
		this.stage.publish(A, "2");
		this.stage.settle();
		assertThat(this.client.bodies()).containsExactly("1");
		assertThat(this.client.answers).containsExactly(true, false);
		assertThat(this.stage.followings()).isEmpty();
	}

	@Test
	void describeWhenSubscribedThenTargetsAndLag() {
		this.client.subscribe("1", A);
		this.client.sink.stall();
		this.stage.publish(A, "1");
		this.stage.settle();
		this.stage.publish(A, 2, 4);
		this.stage.settle();
		this.stage.clock.advance(Duration.ofMillis(5));
		this.stage.settle();
		SessionState state = this.stage.ask((loop) -> loop.sessions((_) -> true, 10)).getFirst();
		assertThat(state.subscriptions()).containsExactly(new SessionState.Subscribed("1", A, 1, 3));
		assertThat(state.writing()).isEqualTo(Duration.ofMillis(5));
		assertThat(this.stage.followings()).containsExactly(new Delivery.Following(this.stage.topic(A), 1, 1));
	}

	@Test
	void unsubscribeWhenItWaitsForAWriteThenNothingMore() {
		this.client.subscribe("1", A);
		this.client.sink.stall();
		this.stage.publish(A, "1");
		this.stage.settle();
		this.stage.publish(A, 2, 5);
		this.stage.settle();
		this.client.unsubscribe("1");
		this.client.subscribe("1", A);
		this.stage.publish(A, "6");
		this.client.sink.flow();
		this.stage.settle();
		assertThat(this.client.bodies()).containsExactly("1", "6");
	}

	@Test
	void disconnectWhenOneSessionSubscribedTwiceThenTheOthersStillHaveTheirNews() {
		Client quick = this.stage.client();
		quick.subscribe("1", "/topic/strictlag");
		this.client.subscribe("1", "/topic/strictlag").subscribe("2", "/topic/strictlag");
		this.client.sink.stall();
		for (int i = 1; i <= 6; i++) {
			this.stage.publish("/topic/strictlag", i, i);
			this.stage.settle();
		}
		assertThat(quick.bodies()).hasSize(6);
		this.client.sink.flow();
		this.stage.settle();
		assertThat(this.client.sink.closed()).isEqualTo(CloseCode.SLOW_CONSUMER);
	}

	@Test
	void disconnectWhenResumedFromTooFarBackThenItGoesOnWithWhatIsLeft() {
		this.stage.publish("/topic/strict", 1, 30);
		Position head = this.stage.topic("/topic/strict").head();
		this.client.subscribe("1", "/topic/strict", Client.from(new Position(head.epoch(), 5)));
		assertThat(this.client.placements.get("1").recovered()).isFalse();
		assertThat(this.client.sink.isOver()).isFalse();
		assertThat(offsets(this.client.sink.messages())).startsWith(21L).hasSize(10);
		assertThat(this.client.sink.messages().getFirst().missed()).isEqualTo("6-20");
	}

	@Test
	void disconnectWhenTheWindowStaysFullThenClosedAsSlow() {
		this.client.subscribe("1", "/topic/strict", Client.ack(AckMode.CLIENT, 1));
		this.stage.publish("/topic/strict", "1");
		this.stage.settle();
		this.stage.publish("/topic/strict", 2, 12);
		this.stage.settle();
		assertThat(this.client.sink.closed()).isEqualTo(CloseCode.SLOW_CONSUMER);
	}

	@Test
	void disconnectWhenOnlyTheLatestIsWantedThenNeverTooSlow() {
		this.client.subscribe("1", "/topic/strict", Client.latest());
		this.client.sink.stall();
		this.stage.publish("/topic/strict", "1");
		this.stage.settle();
		this.stage.publish("/topic/strict", 2, 20);
		this.stage.settle();
		this.stage.publish("/topic/strict", 21, 40);
		this.stage.settle();
		this.client.sink.flow();
		this.stage.settle();
		assertThat(this.client.bodies()).containsExactly("1", "40");
	}

	@Test
	void ackWhenItClosesTheSessionThenStillAnswered() {
		this.client.subscribe("1", "/topic/strict", Client.ack(AckMode.CLIENT, 1));
		this.client.subscribe("2", A, Client.ack(AckMode.CLIENT, 1));
		this.client.subscribe("3", "/topic/b", Client.ack(AckMode.CLIENT, 1));
		this.stage.publish("/topic/strict", "1");
		this.stage.settle();
		this.stage.publish("/topic/strict", 2, 5);
		this.stage.settle();
		this.stage.publish("/topic/strict", 6, 12);
		assertThat(this.client.ack(null, this.client.position(0))).isTrue();
		this.stage.settle();
		assertThat(this.client.sink.closed()).isEqualTo(CloseCode.SLOW_CONSUMER);
	}

	@Test
	void resumeWhenBehindMaxLagThenNotRecovered() {
		this.stage.publish("/topic/droplag", 1, 20);
		Position head = this.stage.topic("/topic/droplag").head();
		this.client.subscribe("1", "/topic/droplag", Client.from(new Position(head.epoch(), 15)));
		assertThat(this.client.placements.get("1").recovered()).isFalse();
		assertThat(this.client.sink.messages().getFirst().missed()).isEqualTo("16-16");
		this.client.subscribe("2", "/topic/droplag", Client.from(new Position(head.epoch(), 16)));
		assertThat(this.client.placements.get("2").recovered()).isTrue();
	}

	@Test
	void subscribeWhenReplayIsAboveMaxLagThenAsManyAsItMayBeBehind() {
		this.stage.publish("/topic/droplag", 1, 20);
		this.client.subscribe("1", "/topic/droplag", Client.replay(10));
		assertThat(offsets(this.client.sink.messages())).containsExactly(17L, 18L, 19L, 20L);
		assertThat(missed(this.client.sink.messages())).containsOnly("");
	}

	@Test
	void subscribeWhenReplayOrWindowIsImpossibleThenRefusal() {
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> this.client.begin("1", A, Client.replay(-1)))
			.withMessageContaining("replay");
		assertThatExceptionOfType(Refusal.class)
			.isThrownBy(() -> this.client.begin("1", A, Client.ack(AckMode.CLIENT, 0)))
			.withMessageContaining("prefetch-count");
	}

}
