package dev.carillon.delivery;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import dev.carillon.support.Delivered;
import dev.carillon.support.TextEncoder;
import dev.carillon.topic.Destination;
import dev.carillon.topic.DestinationPattern;
import dev.carillon.topic.Refusal;
import dev.carillon.topic.Topic;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Subscriptions that are judged again because rules have changed. */
class ReviewTests {

	private static final String ROOM = "/topic/room.a";

	private final Stage stage = new Stage("room.pattern=/topic/room.{name}", "room.presence=true", "room.replay=1",
			"jobs.pattern=/queue/{name}");

	/** Who may not follow what, as {@code s0 /topic/room.a}. */
	private final Set<String> banned = new HashSet<>();

	/** Judgements that are asked for and not made yet. */
	private final Deque<Runnable> judgements = new ArrayDeque<>();

	private final Client ann = this.stage.client();

	private final Client bob = this.stage.client();

	private Predicate<Topic> rule(Client client) {
		return (topic) -> !this.banned.contains(client.session.id() + " " + topic);
	}

	private void follow(Client client, String id, String target, AckMode mode, int window) {
		SubscribeRequest.Target wanted = DestinationPattern.hasWildcard(target)
				? new SubscribeRequest.Many(DestinationPattern.of(target), rule(client))
				: new SubscribeRequest.One(Destination.of(target), rule(client));
		client.session.subscribe(new SubscribeRequest(id, wanted, new TextEncoder(id), mode, window, false, null, null),
				(placement, refusal) -> {
					if (placement != null) {
						client.placements.put(id, placement);
					}
					if (refusal != null) {
						client.refusals.add(refusal);
					}
				});
	}

	private void follow(Client client, String target) {
		follow(client, "1", target, AckMode.AUTO, 1);
		this.stage.settle();
	}

	/** Asks for a review of some topics; {@link #judge} makes the judgements. */
	private void review(String... destinations) {
		List<Topic> topics = new ArrayList<>();
		for (String destination : destinations) {
			topics.add(this.stage.topic(destination));
		}
		this.stage.loop().interests().review(topics, this.judgements::add);
	}

	private void judge() {
		this.stage.settle();
		while (!this.judgements.isEmpty()) {
			this.judgements.remove().run();
		}
		this.stage.settle();
	}

	@Test
	void reviewWhenSomebodyIsBannedThenOnlyTheirSubscriptionEndsAndTheyAreTold() {
		follow(this.ann, ROOM);
		follow(this.bob, ROOM);
		this.banned.add("s1 " + ROOM);
		review(ROOM);
		judge();
		this.stage.publish(ROOM, "after");
		this.stage.settle();
		assertThat(this.ann.bodies()).containsExactly("after");
		assertThat(this.bob.bodies()).isEmpty();
		assertThat(this.bob.session.subscriptions()).isEmpty();
		assertThat(this.stage.events).endsWith("s1 left " + ROOM, "s1 lost " + ROOM + " in 1");
		assertThat(this.stage.followings()).singleElement().extracting(Delivery.Following::subscribers).isEqualTo(1);
	}

	@Test
	void reviewWhenSomethingIsPublishedBeforeItIsJudgedThenTheBannedDoNotGetIt() {
		follow(this.ann, ROOM);
		follow(this.bob, ROOM);
		this.banned.add("s1 " + ROOM);
		review(ROOM);
		this.stage.publish(ROOM, "between");
		this.stage.settle();
		assertThat(this.ann.bodies()).as("the topic stands still until it is known who may have it").isEmpty();
		judge();
		assertThat(this.ann.bodies()).containsExactly("between");
		assertThat(this.bob.bodies()).isEmpty();
	}

	@Test
	void reviewWhenNewsIsInTheInboxAlreadyThenTheBannedDoNotGetIt() {
		follow(this.bob, ROOM);
		this.stage.publish(ROOM, "signal");
		this.banned.add("s1 " + ROOM);
		review(ROOM);
		this.stage.publish(ROOM, "after");
		judge();
		assertThat(this.bob.bodies()).doesNotContain("after");
	}

	@Test
	void reviewWhenSomebodySubscribesWhileItIsJudgedThenTheyAreJudgedAtOnce() {
		follow(this.ann, ROOM);
		this.banned.add("s1 " + ROOM);
		review(ROOM);
		this.stage.settle();
		follow(this.bob, ROOM);
		Client third = this.stage.client();
		follow(third, ROOM);
		this.stage.publish(ROOM, "between");
		judge();
		assertThat(this.bob.refusals).singleElement().extracting(Refusal::code).isEqualTo(Refusal.Code.ACCESS_DENIED);
		assertThat(this.bob.session.subscriptions()).isEmpty();
		assertThat(third.bodies()).containsExactly("between");
		assertThat(this.ann.bodies()).containsExactly("between");
	}

	@Test
	void reviewWhenTheRightComesBackBeforeItEndsThenNothingEnds() {
		follow(this.bob, ROOM);
		this.banned.add("s1 " + ROOM);
		review(ROOM);
		this.stage.settle();
		this.judgements.remove().run();
		this.banned.clear();
		this.stage.publish(ROOM, "still here");
		this.stage.settle();
		assertThat(this.bob.bodies()).containsExactly("still here");
	}

	@Test
	void reviewWhenSeveralOverlapThenTheTopicGoesOnAfterTheLast() {
		follow(this.ann, ROOM);
		review(ROOM);
		review(ROOM);
		this.stage.settle();
		this.stage.publish(ROOM, "held");
		this.judgements.remove().run();
		this.stage.settle();
		assertThat(this.ann.bodies()).isEmpty();
		judge();
		assertThat(this.ann.bodies()).containsExactly("held");
	}

	@Test
	void reviewWhenARuleFailsThenItDoesNotPermit() {
		Predicate<Topic> broken = new Predicate<>() {

			private boolean first = true;

			@Override
			public boolean test(Topic topic) {
				if (!this.first) {
					throw new IllegalStateException("the rule is broken");
				}
				this.first = false;
				return true;
			}

		};
		this.bob.session.subscribe(new SubscribeRequest("1", new SubscribeRequest.One(Destination.of(ROOM), broken),
				new TextEncoder("1"), AckMode.AUTO, 1, false, null, null), (_, _) -> {
				});
		follow(this.ann, ROOM);
		review(ROOM);
		judge();
		this.stage.publish(ROOM, "after");
		this.stage.settle();
		assertThat(this.bob.bodies()).isEmpty();
		assertThat(this.ann.bodies()).containsExactly("after");
	}

	@Test
	void reviewWhenWildcardThenTheOtherTopicsGoOnAndTheWindowIsFree() {
		this.stage.publish(ROOM, "a1");
		this.stage.publish("/topic/room.b", "b1");
		follow(this.bob, "1", "/topic/room.*", AckMode.CLIENT_INDIVIDUAL, 2);
		this.stage.settle();
		assertThat(this.bob.bodies()).containsExactlyInAnyOrder("a1", "b1");
		this.stage.publish(ROOM, "a2");
		this.stage.publish("/topic/room.b", "b2");
		this.banned.add("s1 " + ROOM);
		review(ROOM);
		judge();
		assertThat(this.stage.events).endsWith("s1 left " + ROOM, "s1 lost " + ROOM + " in 1");
		assertThat(this.bob.sink.messages()).extracting(Delivered::body)
			.as("what the lost topic had under way needs no ACK")
			.contains("b2")
			.doesNotContain("a2");
		this.stage.publish(ROOM, "a3");
		this.stage.settle();
		assertThat(this.bob.bodies()).doesNotContain("a3");
		assertThat(this.bob.session.subscriptions()).hasSize(1);
	}

	@Test
	void reviewWhenWorkQueueThenItsMessagesGoToOthers() {
		follow(this.ann, "1", "/queue/jobs", AckMode.CLIENT_INDIVIDUAL, 10);
		follow(this.bob, "1", "/queue/jobs", AckMode.CLIENT_INDIVIDUAL, 10);
		this.stage.settle();
		this.stage.publish("/queue/jobs", 1, 4);
		this.stage.settle();
		assertThat(this.bob.bodies()).hasSize(2);
		this.banned.add("s1 /queue/jobs");
		review("/queue/jobs");
		judge();
		assertThat(this.bob.session.subscriptions()).isEmpty();
		assertThat(this.stage.events).endsWith("s1 lost /queue/jobs in 1");
		assertThat(this.ann.bodies()).containsExactlyInAnyOrder("1", "2", "3", "4");
	}

	@Test
	void reviewWhenClosedMeanwhileThenNothingIsToldTwice() {
		follow(this.bob, ROOM);
		this.banned.add("s1 " + ROOM);
		review(ROOM);
		this.stage.settle();
		this.bob.session.close(CloseCode.NORMAL);
		judge();
		this.stage.pass(Duration.ofSeconds(1));
		assertThat(this.stage.events).endsWith("s1 left " + ROOM, "s1 closed NORMAL")
			.doesNotContain("s1 lost " + ROOM + " in 1");
	}

}
