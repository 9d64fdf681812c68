package dev.carillon.topic;

import java.util.Map;
import java.util.SplittableRandom;

import dev.carillon.support.FakeClock;
import dev.carillon.support.Policies;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class AccessChangedTests {

	private final FakeClock clock = new FakeClock();

	private final Topics topics = new Topics(
			Policies.of("chat.pattern=/topic/chat.{room}", "chat.subscribe=rule:room",
					"presence.pattern=/topic/presence.{kind}.{room}", "presence.subscribe=rule:room",
					"other.pattern=/topic/other.{room}", "other.subscribe=rule:other",
					"open.pattern=/topic/open.{room}", "open.subscribe=anyone"),
			new MemoryLogs(this.clock, new SplittableRandom(1)), this.clock);

	@ParameterizedTest
	@CsvSource({ "/topic/chat.team, true", "/topic/presence.chat.team, true", "/topic/chat.teams, false",
			"/topic/presence.team.x, false", "/topic/other.team, false", "/topic/open.team, false" })
	void concernsWhenTopicIsJudgedByTheRuleAndTheVariablesThenYes(String destination, boolean concerned) {
		Topic topic = this.topics.open(Destination.of(destination));
		assertThat(new AccessChanged("room", Map.of("room", "team")).concerns(topic)).isEqualTo(concerned);
	}

}
