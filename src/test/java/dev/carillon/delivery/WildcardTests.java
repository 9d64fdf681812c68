package dev.carillon.delivery;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import dev.carillon.support.Delivered;
import dev.carillon.support.TextEncoder;
import dev.carillon.topic.Destination;
import dev.carillon.topic.DestinationPattern;
import dev.carillon.topic.Position;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** Subscriptions that hold a cursor for each topic a pattern reaches. */
class WildcardTests {

	private final Stage stage = new Stage("t.pattern=/topic/t.**", "t.log.entries=10", "t.log.keep=1m", "t.replay=1",
			"t.send=anyone", "t.presence=true", "q.pattern=/queue/{name}", "q.log.entries=10");

	private final Client client = this.stage.client();

	@Test
	void subscribeWhenTopicsExistThenACursorForEach() {
		this.stage.publish("/topic/t.a", 1, 2);
		this.stage.publish("/topic/t.b", 3, 4);
		this.stage.publish("/topic/t.a.x", 5, 6);
		this.client.subscribe("1", "/topic/t.*");
		assertThat(this.client.bodies()).containsExactlyInAnyOrder("2", "4");
		assertThat(this.client.placements.get("1").positions()).extracting(Position::offset).containsExactly(1L, 1L);
		assertThat(this.client.placements.get("1").recovered()).isNull();
	}

	@Test
	void subscribeWhenNoTopicIsInUseThenStillKnownToBeFollowedUntilTheEnd() {
		Destination destination = Destination.of("/topic/t.later");
		this.client.subscribe("1", "/topic/t.*");
		Client other = this.stage.client(1);
		other.subscribe("1", "/topic/t.*");
		this.client.unsubscribe("1");
		assertThat(this.stage.topics.isFollowed(destination)).isTrue();
		other.session.close(CloseCode.NORMAL);
		this.stage.settle();
		assertThat(this.stage.topics.isFollowed(destination)).isFalse();
		assertThat(this.stage.topics.all()).isEmpty();
	}

	@Test
	void subscribeWhenATopicAppearsLaterThenFollowedFromItsFirstEntry() {
		this.client.subscribe("1", "/topic/t.*");
		this.stage.publish("/topic/t.new", 1, 3);
		this.stage.publish("/topic/t.other.depth", 4, 5);
		this.stage.settle();
		assertThat(this.client.bodies()).containsExactly("1", "2", "3");
		assertThat(this.stage.events).containsExactly("s0 follows /topic/t.new");
	}

	@Test
	void subscribeWhenATopicAppearsBeforeTheLoopLooksThenFollowedOnce() {
		this.client.begin("1", "/topic/t.**");
		this.stage.publish("/topic/t.new", 1, 2);
		this.stage.settle();
		assertThat(this.client.bodies()).containsExactly("1", "2");
		assertThat(this.stage.events).hasSize(1);
	}

	@Test
	void subscribeWhenATopicIsNotPermittedThenNotFollowed() {
		this.stage.publish("/topic/t.secret", "1");
		this.client.session.subscribe(new SubscribeRequest("1",
				new SubscribeRequest.Many(DestinationPattern.of("/topic/t.*"),
						(topic) -> !topic.toString().contains("secret")),
				new TextEncoder("1"), AckMode.AUTO, 1, false, null, null), (placement, refusal) -> {
				});
		this.stage.publish("/topic/t.secret2", "2");
		this.stage.publish("/topic/t.open", "3");
		this.stage.settle();
		assertThat(this.client.bodies()).containsExactly("3");
	}

	@Test
	void rejudgeWhenRuleHasChangedItsMindThenLeavesSomeAndFollowsOthersFromNowOn() {
		AtomicReference<String> permitted = new AtomicReference<>("/topic/t.old");
		this.stage.publish("/topic/t.old", "1");
		this.stage.publish("/topic/t.fresh", "2");
		this.client.session.subscribe(new SubscribeRequest("1",
				new SubscribeRequest.Many(DestinationPattern.of("/topic/t.*"),
						(topic) -> topic.toString().startsWith(permitted.get())),
				new TextEncoder("1"), AckMode.AUTO, 1, false, 0, null), (placement, refusal) -> {
				});
		this.stage.settle();
		permitted.set("/topic/t.fresh");
		// Waits to be delivered when the rule changes.
		this.stage.publish("/topic/t.old", "3");
		this.client.session.rejudge();
		this.stage.settle();
		this.stage.publish("/topic/t.old", "4");
		this.stage.publish("/topic/t.fresh", "5");
		this.stage.publish("/topic/t.fresh.er", "6");
		this.stage.publish("/topic/t.old2", "7");
		this.stage.settle();
		assertThat(this.client.bodies()).containsExactly("5");
		assertThat(this.stage.events).containsExactly("s0 follows /topic/t.old", "s0 left /topic/t.old",
				"s0 lost /topic/t.old in 1", "s0 follows /topic/t.fresh");
		this.client.unsubscribe("1");
		assertThat(this.stage.events).endsWith("s0 left /topic/t.fresh");
	}

	@Test
	void subscribeWhenUnfollowedTopicIsEvictedThenItsNextLifeIsFollowed() {
		this.client.subscribe("1", "/topic/t.*");
		this.stage.publish("/topic/t.a", 1, 2);
		this.stage.settle();
		this.client.unsubscribe("1");
		this.stage.clock.advance(Duration.ofMinutes(2));
		this.stage.topics.sweep();
		assertThat(this.stage.topics.all()).isEmpty();
		this.client.subscribe("2", "/topic/t.*");
		this.stage.publish("/topic/t.a", 3, 4);
		this.stage.settle();
		List<Delivered> after = this.client.sink.messages("2");
		assertThat(after).extracting(Delivered::offset).containsExactly(1L, 2L);
		assertThat(after.getFirst().position().epoch())
			.isNotEqualTo(this.client.sink.messages("1").getFirst().position().epoch());
	}

	@Test
	void resumeWhenAllTopicsAreKnownThenRecovered() {
		this.stage.publish("/topic/t.a", 1, 4);
		this.stage.publish("/topic/t.b", 1, 4);
		Position a = this.stage.topic("/topic/t.a").head();
		Position b = this.stage.topic("/topic/t.b").head();
		this.client.subscribe("1", "/topic/t.*", Client.from(new Position(a.epoch(), 2), new Position(b.epoch(), 4)));
		assertThat(this.client.placements.get("1").recovered()).isTrue();
		assertThat(this.client.sink.messages()).extracting(Delivered::destination, Delivered::offset)
			.containsExactly(tuple("/topic/t.a", 3L), tuple("/topic/t.a", 4L));
	}

	@Test
	void resumeWhenATopicAppearedSinceThenAllOfIt() {
		this.stage.publish("/topic/t.a", 1, 4);
		Position a = this.stage.topic("/topic/t.a").head();
		this.stage.publish("/topic/t.b", 5, 7);
		this.client.subscribe("1", "/topic/t.*", Client.from(a));
		assertThat(this.client.placements.get("1").recovered()).isTrue();
		assertThat(this.client.bodies()).containsExactly("5", "6", "7");
	}

	@Test
	void resumeWhenATopicIsGoneThenNotRecovered() {
		this.stage.publish("/topic/t.a", "1");
		Position a = this.stage.topic("/topic/t.a").head();
		this.client.subscribe("1", "/topic/t.*", Client.from(a, new Position(77, 5)));
		assertThat(this.client.placements.get("1").recovered()).isFalse();
	}

	@Test
	void ackWhenWindowIsSharedByAllTopicsThenOneWindow() {
		this.stage.topic("/topic/t.a");
		this.stage.topic("/topic/t.b");
		this.client.subscribe("1", "/topic/t.*", Client.ack(AckMode.CLIENT_INDIVIDUAL, 2));
		this.stage.publish("/topic/t.a", 1, 3);
		this.stage.publish("/topic/t.b", 1, 3);
		this.stage.settle();
		assertThat(this.client.bodies()).hasSize(2);
		for (int i = 0; i < 6; i++) {
			assertThat(this.client.ack("1", this.client.position(i))).isTrue();
		}
		assertThat(this.client.bodies()).hasSize(6);
	}

	@Test
	void unsubscribeWhenFollowingThenEachTopicIsLeftOnceAndNewOnesAreNotFollowed() {
		this.stage.publish("/topic/t.a", "1");
		this.stage.publish("/topic/t.b", "1");
		this.client.subscribe("1", "/topic/t.*");
		this.client.unsubscribe("1");
		this.stage.publish("/topic/t.c", "1");
		this.stage.settle();
		assertThat(this.stage.events).containsExactlyInAnyOrder("s0 follows /topic/t.a", "s0 follows /topic/t.b",
				"s0 left /topic/t.a", "s0 left /topic/t.b");
	}

	@Test
	void subscribeWhenAWorkQueueMatchesThenItIsNotFollowed() {
		this.stage.publish("/queue/jobs", "1");
		this.client.subscribe("1", "/queue/*");
		this.stage.publish("/queue/other", "2");
		this.stage.settle();
		assertThat(this.client.bodies()).isEmpty();
	}

}
