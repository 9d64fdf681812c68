package dev.carillon.chat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MentionsTests {

	@Test
	void inWhenNamesAreMentionedThenFindsEachOnce() {
		assertThat(Mentions.in("@ann and (@bob), @ann!")).containsExactly("ann", "bob");
	}

	@Test
	void inWhenNameHasDotsAndDashesInsideThenTheyBelongToIt() {
		assertThat(Mentions.in("ask @j.doe-smith. Or @zoë_1-.")).containsExactly("j.doe-smith", "zoë_1");
	}

	@Test
	void inWhenMailAddressThenIsNoMention() {
		assertThat(Mentions.in("write to ann@example.org or @ann@example.org, @ , @@bob")).isEmpty();
	}

	@Test
	void inWhenVeryManyThenTakesTheFirst() {
		String text = IntStream.range(0, 50).mapToObj((i) -> "@u" + i).collect(Collectors.joining(" "));
		assertThat(Mentions.in(text)).hasSize(Mentions.MAX_MENTIONS).startsWith("u0", "u1");
	}

	@Test
	void inWhenNameIsTooLongThenIsNoMention() {
		assertThat(Mentions.in("@" + "a".repeat(65))).isEmpty();
	}

}
