package dev.carillon.topic;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EntryTests {

	private final Entry entry = new Entry(7, 1_000, Publication.text("hello"));

	private final AtomicInteger made = new AtomicInteger();

	private String encode(Object key) {
		return this.entry.encoded(key, (e) -> key + "-" + e.offset() + "-" + this.made.incrementAndGet());
	}

	@Test
	void encodedWhenKeyIsEqualThenMadeOnce() {
		assertThat(encode(new Position(1, 1))).isSameAs(encode(new Position(1, 1))).isEqualTo("1-1-7-1");
	}

	@Test
	void encodedWhenKeyDiffersThenMadeForEach() {
		assertThat(encode("a")).isEqualTo("a-7-1");
		assertThat(encode("b")).isEqualTo("b-7-2");
		assertThat(encode("a")).isEqualTo("a-7-1");
	}

	@Test
	void encodedWhenMoreKeysThanKeptThenTheFirstAreKeptAndOthersMadeAgain() {
		for (int i = 0; i < Entry.MAX_ENCODINGS; i++) {
			encode(i);
		}
		assertThat(encode("more")).isNotEqualTo(encode("more"));
		assertThat(encode(0)).isEqualTo("0-7-1");
		assertThat(encode(Entry.MAX_ENCODINGS - 1)).endsWith("-" + Entry.MAX_ENCODINGS);
	}

	@Test
	void headersWhenPublicationChangesLaterThenTheSame() {
		Map<String, String> headers = new HashMap<>(Map.of("a", "1"));
		Entry made = new Entry(1, 1, new Publication(headers, new byte[0]));
		headers.put("a", "2");
		assertThat(made.headers()).containsEntry("a", "1");
	}

}
