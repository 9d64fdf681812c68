package dev.carillon.security;

import java.security.Principal;
import java.util.List;
import java.util.Map;

import dev.carillon.topic.AccessRule;
import dev.carillon.topic.Destination;
import dev.carillon.topic.DestinationPattern;
import dev.carillon.topic.Refusal;
import dev.carillon.topic.TopicPolicies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.security.authentication.TestingAuthenticationToken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DestinationRulesTests {

	private static final DestinationRules.Action SUBSCRIBE = DestinationRules.Action.SUBSCRIBE;

	private final TopicPolicies policies = new Policies().family("open", "/topic/open.{x}", "anyone", "anyone")
		.family("members", "/topic/members.{x}", "authenticated", "nobody", "wildcards=true")
		.family("staff", "/topic/staff.{x}", "role:staff", "role:STAFF", "wildcards=true")
		.family("desk", "/topic/staff.desk", "anyone", "nobody", "wildcards=true")
		.family("own", "/user/{name}/queue/**", "user:{name}", "nobody", "wildcards=true")
		.family("clubs", "/topic/club.{club}.{x}", "rule:member", "nobody", "wildcards=true")
		.family("silent", "/topic/silent.{x}", "nobody", "nobody", "wildcards=true")
		.build();

	private final DestinationRules rules = new DestinationRules(this.policies, List.of(new ClubMembers()));

	private static final class ClubMembers implements AccessRule {

		@Override
		public String name() {
			return "member";
		}

		@Override
		public boolean permits(Principal who, Map<String, String> variables) {
			return who.getName().equals("alice") && "chess".equals(variables.get("club"));
		}

	}

	private static Principal who(String name) {
		return switch (name) {
			case "guest" -> new Guest("1");
			case "staff" -> new TestingAuthenticationToken("staff", "", "ROLE_STAFF");
			default -> new TestingAuthenticationToken(name, "", "ROLE_USER");
		};
	}

	@ParameterizedTest
	@CsvSource({ "guest, /topic/open.a, true", "guest, /topic/members.a, false", "alice, /topic/members.a, true",
			"alice, /topic/staff.a, false", "staff, /topic/staff.a, true", "guest, /topic/staff.desk, true",
			"alice, /user/alice/queue/x, true", "bob, /user/alice/queue/x, false", "guest, /user/guest-1/queue/x, true",
			"alice, /topic/club.chess.a, true", "alice, /topic/club.golf.a, false", "bob, /topic/club.chess.a, false",
			"staff, /topic/silent.a, false" })
	void checkWhenSubscribingThenAsTheMostSpecificFamilySays(String name, String destination, boolean permitted) {
		if (permitted) {
			this.rules.check(who(name), SUBSCRIBE, Destination.of(destination));
		}
		else {
			assertThatExceptionOfType(Refusal.class)
				.isThrownBy(() -> this.rules.check(who(name), SUBSCRIBE, Destination.of(destination)))
				.withMessageContaining("the rule of ")
				.satisfies((refusal) -> assertThat(refusal.code()).isEqualTo(Refusal.Code.ACCESS_DENIED));
		}
	}

	@Test
	void checkWhenRefusedThenNamesTheRule() {
		assertThatExceptionOfType(Refusal.class).isThrownBy(
				() -> this.rules.check(who("alice"), DestinationRules.Action.SEND, Destination.of("/topic/staff.a")))
			.withMessage("alice may not send to /topic/staff.a: the rule of staff is send: role:STAFF");
	}

	@Test
	void checkWhenNoFamilyHasTheDestinationThenUnknown() {
		for (String destination : List.of("/topic/other", "/topic/open", "/topic/open.a.b", "/queue/a", "/app/x")) {
			assertThatExceptionOfType(Refusal.class)
				.isThrownBy(() -> this.rules.check(who("staff"), SUBSCRIBE, Destination.of(destination)))
				.satisfies((refusal) -> assertThat(refusal.code()).isEqualTo(Refusal.Code.UNKNOWN_DESTINATION));
		}
	}

	/** A name that needs encoding is compared as it stands in destinations. */
	@Test
	void checkWhenNameHasSpecialCharactersThenOnlyItsOwnQueue() {
		Principal odd = who("a/b*c d");
		this.rules.check(odd, SUBSCRIBE, Destination.forUser("a/b*c d", "/queue/x"));
		assertThatExceptionOfType(Refusal.class)
			.isThrownBy(() -> this.rules.check(odd, SUBSCRIBE, Destination.of("/user/a/queue/x")));
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> this.rules.check(who("a%002fb%002ac%0020d"),
				SUBSCRIBE, Destination.forUser("a/b*c d", "/queue/x")));
	}

	@ParameterizedTest
	@CsvSource({ "guest, /topic/open.*, false", "alice, /topic/members.*, true", "guest, /topic/members.*, false",
			"alice, /topic/staff.*, true", "alice, /topic/**, true", "guest, /topic/**, true",
			"alice, /user/*/queue/**, true", "alice, /topic/silent.*, false", "alice, /topic/nothing.*.*.*, false" })
	void checkPatternWhenSomeFamilyMayBeReachedThenPermitted(String name, String pattern, boolean permitted) {
		if (permitted) {
			this.rules.checkPattern(who(name), DestinationPattern.of(pattern));
		}
		else {
			assertThatExceptionOfType(Refusal.class)
				.isThrownBy(() -> this.rules.checkPattern(who(name), DestinationPattern.of(pattern)));
		}
	}

	@ParameterizedTest
	@CsvSource({ "alice, /topic/members.a, true", "guest, /topic/members.a, false", "alice, /topic/staff.a, false",
			"alice, /topic/staff.desk, true", "staff, /topic/open.a, false", "alice, /user/alice/queue/x, true",
			"alice, /user/bob/queue/x, false", "alice, /topic/club.chess.a, true", "bob, /topic/club.chess.a, false" })
	void mayReachWhenWildcardMeetsATopicThenJudgedByThatTopic(String name, String destination, boolean permitted) {
		Destination topic = Destination.of(destination);
		assertThat(this.rules.mayReach(who(name), this.policies.require(topic), topic)).isEqualTo(permitted);
	}

	@Test
	void newWhenFamilyNamesAnUnknownRuleThenNamesTheKey() {
		TopicPolicies unknown = new Policies().family("clubs", "/topic/club.{club}", "rule:menber", "nobody").build();
		assertThatIllegalArgumentException().isThrownBy(() -> new DestinationRules(unknown, List.of(new ClubMembers())))
			.withMessage("carillon.topics.clubs.subscribe names the rule menber, which does not exist");
	}

}
