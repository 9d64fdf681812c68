package dev.carillon.topic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DestinationPatternTests {

	@ParameterizedTest
	@ValueSource(strings = { "", "topic", "/topic/**.x", "/topic/**/x", "/topic/a*", "/topic/***", "/topic/{}",
			"/topic/{a", "/topic/a}", "/topic/{a}b", "/topic/{a-b}", "/topic/{a.b}", "/topic/a b", "/topic/a#b" })
	void ofWhenNotAPatternThenRefusal(String text) {
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> DestinationPattern.of(text));
	}

	@ParameterizedTest
	@CsvSource({ "/topic/a, /topic/a, true", "/topic/a, /topic/b, false", "/topic/a, /topic/a.b, false",
			"/topic/a.b, /topic/a, false", "/topic/*, /topic/a, true", "/topic/*, /topic/a.b, false",
			"/topic/{x}.c, /topic/a.c, true", "/topic/{x}.c, /topic/a.d, false", "/topic/**, /topic/a, true",
			"/topic/**, /topic/a.b.c, true", "/topic/a.**, /topic/a, false", "/topic/a.**, /topic/a.b, true",
			"/topic/**, /queue/a, false", "/**, /topic/a, true", "/app/**, /app/chat.room.send, true",
			"/user/{name}/queue/**, /user/ann.lee/queue/chat, true",
			"/user/{name}/queue/**, /user/ann/topic/chat, false" })
	void matchesWhenGivenThenAsExpected(String pattern, String destination, boolean expected) {
		assertThat(DestinationPattern.of(pattern).matches(Destination.of(destination))).isEqualTo(expected);
	}

	@Test
	void matchWhenNamedSegmentsThenTheirValues() {
		DestinationPattern pattern = DestinationPattern.of("/topic/scores.{sport}.*.{match}");
		assertThat(pattern.match(Destination.of("/topic/scores.soccer.cup.42")))
			.containsExactly(Map.entry("sport", "soccer"), Map.entry("match", "42"));
		assertThat(pattern.match(Destination.of("/topic/scores.soccer.cup"))).isNull();
		assertThat(pattern.names()).containsExactly("sport", "match");
	}

	@Test
	void matchWhenNothingIsNamedThenEmpty() {
		assertThat(DestinationPattern.of("/topic/**").match(Destination.of("/topic/a"))).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "/topic/a, /topic/a, true", "/topic/a, /topic/b, false", "/topic/{x}, /topic/a, true",
			"/topic/{x}.b, /topic/a.{y}, true", "/topic/{x}.b, /topic/a.c, false", "/topic/**, /topic/a.b, true",
			"/topic/a.**, /topic/a, false", "/topic/a.**, /topic/*, false", "/topic/a.**, /topic/{x}.{y}, true",
			"/topic/a.**, /topic/b.**, false", "/topic/**, /queue/**, false", "/topic/*, /topic/*.*, false" })
	void overlapsWhenGivenThenAsExpectedBothWays(String a, String b, boolean expected) {
		assertThat(DestinationPattern.of(a).overlaps(DestinationPattern.of(b))).isEqualTo(expected);
		assertThat(DestinationPattern.of(b).overlaps(DestinationPattern.of(a))).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "/topic/a, /topic/a, true", "/topic/*, /topic/a, true", "/topic/a, /topic/*, false",
			"/topic/*, /topic/{x}, true", "/topic/**, /topic/a.b, true", "/topic/**, /topic/**, true",
			"/topic/**, /topic/*.**, true", "/topic/*.**, /topic/**, false", "/topic/*, /topic/**, false",
			"/topic/*, /topic/a.b, false", "/topic/a.**, /topic/a, false", "/topic/*.*, /topic/a, false" })
	void coversWhenGivenThenAsExpected(String a, String b, boolean expected) {
		assertThat(DestinationPattern.of(a).covers(DestinationPattern.of(b))).isEqualTo(expected);
	}

	@Test
	void overlapsAndCoversWhenComparedWithAllSmallDestinationsThenAgree() {
		Random random = new Random(7);
		List<Destination> all = smallDestinations();
		for (int i = 0; i < 2_000; i++) {
			DestinationPattern a = randomPattern(random);
			DestinationPattern b = randomPattern(random);
			boolean common = all.stream().anyMatch((d) -> a.matches(d) && b.matches(d));
			boolean contained = all.stream().allMatch((d) -> a.matches(d) || !b.matches(d));
			assertThat(a.overlaps(b)).as("%s overlaps %s", a, b).isEqualTo(common);
			assertThat(a.covers(b)).as("%s covers %s", a, b).isEqualTo(contained);
		}
	}

	/** With one name and one depth more than any pattern mentions. */
	private static List<Destination> smallDestinations() {
		List<String> names = List.of("a", "b", "z");
		List<String> texts = new ArrayList<>();
		List<String> level = names;
		for (int depth = 0; depth < 4; depth++) {
			texts.addAll(level);
			level = level.stream().flatMap((text) -> names.stream().map((name) -> text + "." + name)).toList();
		}
		return texts.stream().map((text) -> Destination.of("/" + text)).toList();
	}

	private static DestinationPattern randomPattern(Random random) {
		List<String> parts = List.of("a", "b", "*", "{x}");
		StringBuilder text = new StringBuilder("/");
		int size = 1 + random.nextInt(3);
		for (int i = 0; i < size; i++) {
			boolean rest = i == size - 1 && random.nextInt(3) == 0;
			text.append((i > 0) ? "." : "").append(rest ? "**" : parts.get(random.nextInt(parts.size())));
		}
		return DestinationPattern.of(text.toString());
	}

	@Test
	void compareToWhenSortedThenMostSpecificFirst() {
		List<String> sorted = List
			.of("/**", "/topic/**", "/topic/a.{x}", "/topic/a.b", "/topic/a.**", "/topic/{x}.{y}", "/topic/{x}")
			.stream()
			.map(DestinationPattern::of)
			.sorted()
			.map(DestinationPattern::toString)
			.toList();
		assertThat(sorted).containsExactly("/topic/a.b", "/topic/a.{x}", "/topic/a.**", "/topic/{x}.{y}", "/topic/{x}",
				"/topic/**", "/**");
	}

	@Test
	void hasWildcardWhenStarThenTrue() {
		assertThat(DestinationPattern.hasWildcard("/topic/*")).isTrue();
		assertThat(DestinationPattern.hasWildcard("/topic/a")).isFalse();
	}

}
