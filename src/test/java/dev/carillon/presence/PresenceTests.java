package dev.carillon.presence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import dev.carillon.delivery.AckMode;
import dev.carillon.delivery.CloseCode;
import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.DeliveryProperties;
import dev.carillon.delivery.Origin;
import dev.carillon.delivery.Session;
import dev.carillon.delivery.SubscribeRequest;
import dev.carillon.support.FakeClock;
import dev.carillon.support.Policies;
import dev.carillon.support.RecordingSink;
import dev.carillon.support.TextEncoder;
import dev.carillon.topic.Destination;
import dev.carillon.topic.MemoryLogs;
import dev.carillon.topic.Topics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Presence on a real delivery loop. The test says when it is published, which in the
 * service happens a few times a second.
 */
class PresenceTests {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final String ROOM = "/topic/chat.general";

	private static final String PRESENCE = "/topic/presence.chat.general";

	private final FakeClock clock = new FakeClock();

	private final Topics topics = new Topics(
			Policies.of("chat.pattern=/topic/chat.{room}", "chat.presence=true", "chat.wildcards=true",
					"presence.pattern=/topic/presence.chat.{room}", "presence.replay=1", "presence.slow=conflate",
					"silent.pattern=/topic/silent.{room}"),
			new MemoryLogs(this.clock, new SplittableRandom(1)), this.clock);

	private final Delivery delivery = new Delivery(this.topics,
			new DeliveryProperties(1, DataSize.ofKilobytes(64), DataSize.ofMegabytes(1), Duration.ofSeconds(90)),
			this.clock, new SplittableRandom(2));

	private final Presence presence = new Presence(this.topics, JSON);

	@BeforeEach
	void start() {
		this.delivery.addListener(this.presence);
		this.delivery.start();
	}

	@AfterEach
	void stop() {
		this.delivery.close();
	}

	/** One session of somebody. */
	private final class Member {

		private final RecordingSink sink = new RecordingSink();

		private final Session session;

		private int subscriptions;

		Member(String user) {
			this.session = PresenceTests.this.delivery.open(this.sink, this, new Origin("test", null));
			this.session.setUser(user);
		}

		Member follows(String destination) {
			String id = Integer.toString(++this.subscriptions);
			this.session.subscribe(
					new SubscribeRequest(id, new SubscribeRequest.One(Destination.of(destination)),
							new TextEncoder("s"), AckMode.AUTO, 1, false, null, null),
					(_, refusal) -> assertThat(refusal).isNull());
			return this;
		}

		void leaves(int subscription) {
			this.session.unsubscribe(Integer.toString(subscription), (_) -> {
			});
		}

		/** The connection breaks. */
		void breaks() {
			this.session.transportClosed(CloseCode.GOING_AWAY);
		}

		List<Attendance> told() {
			return this.sink.bodies().stream().map((body) -> JSON.readValue(body, Attendance.class)).toList();
		}

	}

	/** What the loop was asked for before is done, and has been sent. */
	private void settle() {
		long before = turns();
		while (turns() < before + 2) {
			this.delivery.sessions((_) -> false, 1).join();
		}
	}

	private long turns() {
		return this.delivery.stats().getFirst().turns().get();
	}

	private void publish() {
		settle();
		this.presence.publish();
		settle();
	}

	@Test
	void publishWhenPeopleComeAndGoThenThoseWhoAreThereAreTold() {
		Member ann = new Member("ann").follows(PRESENCE).follows(ROOM);
		publish();
		Member bob = new Member("bob").follows(ROOM);
		publish();
		bob.breaks();
		publish();
		assertThat(ann.told()).containsExactly(new Attendance(1, 0, List.of("ann"), true, List.of("ann"), List.of()),
				new Attendance(2, 0, List.of("ann", "bob"), true, List.of("bob"), List.of()),
				new Attendance(1, 0, List.of("ann"), true, List.of(), List.of("bob")));
	}

	@Test
	void publishWhenSomebodyComesLaterThenTheyLearnWhoIsHere() {
		new Member("ann").follows(ROOM);
		publish();
		Member late = new Member("bob").follows(PRESENCE);
		settle();
		assertThat(late.told()).singleElement().extracting(Attendance::users).isEqualTo(List.of("ann"));
	}

	@Test
	void publishWhenOnePersonHasSeveralSessionsAndSubscriptionsThenCountedOnceUntilTheLastEnds() {
		Member watcher = new Member("eve").follows(PRESENCE);
		Member phone = new Member("ann").follows(ROOM).follows(ROOM);
		Member laptop = new Member("ann").follows(ROOM);
		publish();
		laptop.breaks();
		phone.leaves(1);
		publish();
		assertThat(watcher.told()).singleElement().extracting(Attendance::count).isEqualTo(1);
		phone.leaves(2);
		publish();
		assertThat(watcher.told()).last().isEqualTo(new Attendance(0, 0, List.of(), true, List.of(), List.of("ann")));
	}

	@Test
	void publishWhenFamilyHasNoPresenceThenNobodyIsCounted() {
		new Member("ann").follows("/topic/silent.a");
		publish();
		assertThat(this.topics.find(Destination.of("/topic/presence.silent.a"))).isEmpty();
	}

	/**
	 * A thousand connections break and come back within ten intervals. One message for
	 * each change would be two million deliveries, and a list of all names in each ten
	 * thousand bytes.
	 */
	@Test
	void publishWhenEverybodyReconnectsThenMessagesGrowWithPeopleAndNotWithTheirSquare() {
		int people = 1_000;
		int intervals = 10;
		List<Member> crowd = new ArrayList<>(IntStream.range(0, people).mapToObj(this::member).toList());
		publish();
		Member watcher = new Member("watcher").follows(PRESENCE);
		settle();
		crowd.forEach((member) -> member.sink.forget());
		List<Member> everybody = new ArrayList<>(crowd);
		for (int interval = 0; interval < intervals; interval++) {
			for (int i = interval; i < people; i += intervals) {
				crowd.get(i).breaks();
			}
			publish();
			for (int i = interval; i < people; i += intervals) {
				crowd.set(i, member(i));
				everybody.add(crowd.get(i));
			}
			publish();
		}
		assertThat(watcher.told()).hasSize(1 + 2 * intervals);
		assertThat(watcher.told()).last().extracting(Attendance::count).isEqualTo(people);
		int deliveries = everybody.stream().mapToInt((member) -> member.told().size()).sum();
		assertThat(deliveries).as("each of those present, once for each interval, and who comes, once for the start")
			.isBetween(people, people * (2 * intervals + 1));
		assertThat(watcher.sink.bodies()).allSatisfy((body) -> assertThat(body).hasSizeLessThan(400));
		assertThat(watcher.told()).allSatisfy((attendance) -> {
			assertThat(attendance.exact()).isFalse();
			assertThat(attendance.users()).isEmpty();
			assertThat(attendance.joined().size() + attendance.left().size()).isLessThanOrEqualTo(Roll.SAMPLE);
		});
	}

	/** All of them break and come back between two intervals. */
	@Test
	void publishWhenEverybodyReconnectsWithinOneIntervalThenNobodyIsTold() {
		List<Member> crowd = IntStream.range(0, 1_000).mapToObj(this::member).toList();
		publish();
		Member watcher = new Member("watcher").follows(PRESENCE);
		settle();
		crowd.forEach(Member::breaks);
		List<Member> again = IntStream.range(0, 1_000).mapToObj(this::member).toList();
		publish();
		assertThat(watcher.told()).hasSize(1);
		assertThat(again).allSatisfy((member) -> assertThat(member.told()).hasSize(1));
	}

	private Member member(int number) {
		return new Member("user%04d".formatted(number)).follows(ROOM).follows(PRESENCE);
	}

}
