package dev.carillon.topic;

import java.time.Duration;

import dev.carillon.support.Policies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TopicPoliciesTests {

	@Test
	void createWhenOnlyAPatternThenClosedAndWithDefaults() {
		TopicPolicy policy = Policies.of("a.pattern=/topic/a").require(Destination.of("/topic/a"));
		assertThat(policy.family()).isEqualTo("a");
		assertThat(policy.subscribe()).isEqualTo(new Access.Nobody());
		assertThat(policy.send()).isEqualTo(new Access.Nobody());
		assertThat(policy.wildcards()).isFalse();
		assertThat(policy.log().entries()).isEqualTo(256);
		assertThat(policy.log().bytes()).hasToString("1048576B");
		assertThat(policy.log().keep()).isEqualTo(Duration.ofMinutes(10));
		assertThat(policy.replay()).isZero();
		assertThat(policy.slow()).isEqualTo(SlowPolicy.DROP);
		assertThat(policy.maxLag()).isEqualTo(Long.MAX_VALUE);
		assertThat(policy.staleAfter()).isNull();
		assertThat(policy.sendRate()).isZero();
		assertThat(policy.messageSize()).hasToString("131072B");
		assertThat(policy.presence()).isFalse();
	}

	@Test
	void createWhenEverythingIsSetThenAsSet() {
		TopicPolicy policy = Policies
			.of("a.pattern=/topic/a.{name}", "a.subscribe=user:{name}", "a.send=role:admin", "a.wildcards=true",
					"a.log.entries=8", "a.log.bytes=2KB", "a.log.keep=3s", "a.replay=4", "a.slow=conflate",
					"a.max-lag=5", "a.stale-after=6s", "a.send-rate=7", "a.message-size=9B", "a.presence=true")
			.require(Destination.of("/topic/a.ann"));
		assertThat(policy.subscribe()).isEqualTo(new Access.User("name"));
		assertThat(policy.send()).isEqualTo(new Access.Role("ADMIN"));
		assertThat(policy.wildcards()).isTrue();
		assertThat(policy.log().entries()).isEqualTo(8);
		assertThat(policy.log().bytes().toBytes()).isEqualTo(2048);
		assertThat(policy.log().keep()).isEqualTo(Duration.ofSeconds(3));
		assertThat(policy.replay()).isEqualTo(4);
		assertThat(policy.slow()).isEqualTo(SlowPolicy.CONFLATE);
		assertThat(policy.maxLag()).isEqualTo(5);
		assertThat(policy.staleAfter()).isEqualTo(Duration.ofSeconds(6));
		assertThat(policy.sendRate()).isEqualTo(7);
		assertThat(policy.messageSize().toBytes()).isEqualTo(9);
		assertThat(policy.presence()).isTrue();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "a.send=nobody | carillon.topics.a.pattern is missing",
			"a.pattern=topic | carillon.topics.a.pattern: The destination topic must begin with /",
			"a.pattern=/topic/{x}.{x} | carillon.topics.a.pattern has a name twice",
			"a.log.entries=0 | carillon.topics.a.log.entries must be 1 to 1000000",
			"a.log.entries=1000001 | carillon.topics.a.log.entries must be",
			"a.log.bytes=1023B | carillon.topics.a.log.bytes must be at least 1KB",
			"a.log.keep=99ms | carillon.topics.a.log.keep must be at least 100ms",
			"a.replay=-1 | carillon.topics.a.replay must be 0 to log.entries",
			"a.replay=257 | carillon.topics.a.replay must be 0 to log.entries",
			"a.max-lag=-1 | carillon.topics.a.max-lag must be at least 0",
			"a.stale-after=-1s | carillon.topics.a.stale-after must be at least 0",
			"a.send-rate=-1 | carillon.topics.a.send-rate must be at least 0",
			"a.message-size=0B | carillon.topics.a.message-size must be at least 1B",
			"a.subscribe=all | carillon.topics.a.subscribe: 'all' is not one of",
			"a.send=user:{name} | carillon.topics.a.send names a variable that the pattern /topic/a does not have" })
	void createWhenImpossibleThenASentenceThatNamesTheKey(String line, String sentence) {
		String[] lines = line.startsWith("a.pattern") || line.startsWith("a.send=nobody") ? new String[] { line }
				: new String[] { "a.pattern=/topic/a", line };
		assertThatIllegalArgumentException().isThrownBy(() -> Policies.of(lines)).withMessageContaining(sentence);
	}

	@Test
	void createWhenReplayAboveMaxLagThenException() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Policies.of("a.pattern=/topic/a", "a.replay=3", "a.max-lag=2"))
			.withMessage("carillon.topics.a.replay must not be above max-lag");
	}

	@Test
	void createWhenEquallySpecificPatternsOverlapThenExceptionNamesBoth() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Policies.of("a.pattern=/topic/{x}.b", "b.pattern=/topic/b.{y}"))
			.withMessageContaining("carillon.topics.a.pattern")
			.withMessageContaining("carillon.topics.b.pattern")
			.withMessageContaining("equally specific");
	}

	@Test
	void createWhenEquallySpecificPatternsDoNotOverlapThenAccepted() {
		assertThat(Policies.of("a.pattern=/topic/a.{x}", "b.pattern=/topic/b.{x}").all()).hasSize(2);
	}

	@Test
	void findWhenSeveralMatchThenTheMostSpecific() {
		TopicPolicies policies = Policies.of("all.pattern=/topic/**", "stocks.pattern=/topic/stocks.{symbol}",
				"apple.pattern=/topic/stocks.AAPL");
		assertThat(family(policies, "/topic/stocks.AAPL")).isEqualTo("apple");
		assertThat(family(policies, "/topic/stocks.MSFT")).isEqualTo("stocks");
		assertThat(family(policies, "/topic/stocks.MSFT.x")).isEqualTo("all");
		assertThat(policies.find(Destination.of("/queue/a"))).isEmpty();
	}

	private static String family(TopicPolicies policies, String destination) {
		return policies.require(Destination.of(destination)).family();
	}

	@Test
	void requireWhenNoFamilyThenRefusal() {
		assertThatExceptionOfType(Refusal.class)
			.isThrownBy(() -> Policies.of("a.pattern=/topic/a").require(Destination.of("/topic/b")))
			.withMessageContaining("/topic/b")
			.satisfies((refusal) -> assertThat(refusal.code()).isEqualTo(Refusal.Code.UNKNOWN_DESTINATION));
	}

	@Test
	void reachableWhenPatternThenTheFamiliesItOverlaps() {
		TopicPolicies policies = Policies.of("all.pattern=/topic/**", "stocks.pattern=/topic/stocks.{symbol}",
				"queue.pattern=/queue/{name}");
		assertThat(policies.reachable(DestinationPattern.of("/topic/stocks.*"))).extracting(TopicPolicy::family)
			.containsExactly("stocks", "all");
	}

}
