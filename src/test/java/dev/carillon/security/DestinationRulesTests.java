package dev.carillon.security;

import java.security.Principal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.carillon.topic.Destination;
import dev.carillon.topic.DestinationPattern;
import dev.carillon.topic.Refusal;
import dev.carillon.topic.SlowPolicy;
import dev.carillon.topic.TopicPolicies;
import dev.carillon.topic.TopicProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class DestinationRulesTests {

	private final TopicPolicies policies = policies();

	private final DestinationRules rules = new DestinationRules(this.policies, List.of());

	@ParameterizedTest
	@CsvSource({
			// who, action, destination, what is said
			"guest, SUBSCRIBE, /topic/news.a, yes", "guest, SEND, /topic/news.a, no",
			"guest, SUBSCRIBE, /topic/chat.a, no", "alice, SUBSCRIBE, /topic/chat.a, yes",
			"alice, SEND, /topic/chat.a, yes", "alice, SEND, /topic/chat.staff, no",
			"scorer, SEND, /topic/chat.staff, yes", "scorer, SUBSCRIBE, /topic/chat.staff, yes",
			"alice, SUBSCRIBE, /user/alice/queue/x, yes", "alice, SUBSCRIBE, /user/bob/queue/x, no",
			"alice, SUBSCRIBE, /user/ALICE/queue/x, no", "alice, SEND, /user/alice/queue/x, no",
			"guest, SUBSCRIBE, /user/guest-1/queue/x, yes", "guest, SUBSCRIBE, /user/guest-2/queue/x, no",
			"'a/b %', SUBSCRIBE, /user/a%002fb%0020%0025/queue/x, yes", "alice, SUBSCRIBE, /topic/else, unknown" })
	void checkWhenAskedThenThePolicyOfTheDestinationDecides(String who, DestinationRules.Action action,
			String destination, String answer) {
		Destination target = Destination.of(destination);
		if (answer.equals("yes")) {
			assertThat(this.rules.check(named(who), action, target).pattern().matches(target)).isTrue();
		}
		else {
			assertThatExceptionOfType(Refusal.class).isThrownBy(() -> this.rules.check(named(who), action, target))
				.satisfies((refusal) -> assertThat(refusal.code())
					.isEqualTo(answer.equals("no") ? Refusal.Code.ACCESS_DENIED : Refusal.Code.UNKNOWN_DESTINATION));
		}
	}

	@Test
	void checkWhenRefusedThenTheMessageNamesWhoWhatAndTheRule() {
		assertThatExceptionOfType(Refusal.class)
			.isThrownBy(() -> this.rules.check(named("alice"), DestinationRules.Action.SEND,
					Destination.of("/topic/chat.staff")))
			.withMessage("alice may not send to /topic/chat.staff: the rule of staff is send: role:SCORER");
	}

	@ParameterizedTest
	@CsvSource({ "guest, /topic/news.*, yes", "guest, /topic/**, yes", "guest, /topic/chat.*, no",
			"alice, /topic/chat.*, yes", "alice, /user/alice/queue/*, no", "alice, /queue/**, unknown" })
	void checkPatternWhenSomeFamilyAllowsItThenPasses(String who, String pattern, String answer) {
		DestinationPattern wanted = DestinationPattern.of(pattern);
		if (answer.equals("yes")) {
			assertThatNoException().isThrownBy(() -> this.rules.checkPattern(named(who), wanted));
		}
		else {
			assertThatExceptionOfType(Refusal.class).isThrownBy(() -> this.rules.checkPattern(named(who), wanted))
				.satisfies((refusal) -> assertThat(refusal.code())
					.isEqualTo(answer.equals("no") ? Refusal.Code.ACCESS_DENIED : Refusal.Code.UNKNOWN_DESTINATION));
		}
	}

	@ParameterizedTest
	@CsvSource({ "guest, /topic/news.a, true", "guest, /topic/chat.a, false", "alice, /topic/chat.a, true",
			"alice, /topic/chat.staff, false", "alice, /user/alice/queue/x, false" })
	void mayReachWhenAWildcardMeetsATopicThenItIsJudgedByItself(String who, String destination, boolean reached) {
		Destination topic = Destination.of(destination);
		assertThat(this.rules.mayReach(named(who), this.policies.require(topic), topic)).isEqualTo(reached);
	}

	private static Principal named(String who) {
		List<SimpleGrantedAuthority> roles = who.equals("scorer") ? List.of(new SimpleGrantedAuthority("ROLE_SCORER"))
				: List.of();
		return who.equals("guest") ? new Guest("1") : UsernamePasswordAuthenticationToken.authenticated(who, "", roles);
	}

	private static TopicPolicies policies() {
		Map<String, TopicProperties.Family> families = new LinkedHashMap<>();
		families.put("news", family("/topic/news.{name}", "anyone", "nobody", true));
		families.put("chat", family("/topic/chat.{room}", "authenticated", "authenticated", true));
		families.put("staff", family("/topic/chat.staff", "role:scorer", "role:scorer", false));
		families.put("own", family("/user/{name}/queue/**", "user:{name}", "nobody", false));
		return new TopicPolicies(new TopicProperties(families));
	}

	private static TopicProperties.Family family(String pattern, String subscribe, String send, boolean wildcards) {
		return new TopicProperties.Family(pattern, subscribe, send, wildcards,
				new TopicProperties.LogBounds(10, DataSize.ofMegabytes(1), Duration.ofMinutes(1)), 0, SlowPolicy.DROP,
				0, Duration.ZERO, 0, DataSize.ofKilobytes(1), false);
	}

}
