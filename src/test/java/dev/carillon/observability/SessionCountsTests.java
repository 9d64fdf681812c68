package dev.carillon.observability;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SessionCountsTests {

	private final SessionCounts counts = new SessionCounts();

	@Test
	void watchWhenTransportsAreKnownThenToldOfThem() {
		List<String> told = new ArrayList<>();
		this.counts.watch((transport, _) -> told.add(transport));
		assertThat(told).containsExactlyInAnyOrder("websocket", "sockjs", "sse");
	}

	@Test
	void watchWhenATransportAppearsThenToldOnceWithItsCount() {
		List<String> told = new ArrayList<>();
		this.counts.watch((transport, count) -> told.add(transport + count));
		told.clear();
		this.counts.of("pigeon").incrementAndGet();
		this.counts.of("pigeon").incrementAndGet();
		assertThat(told).containsExactly("pigeon0");
		assertThat(this.counts.of("pigeon").get()).isEqualTo(2);
	}

}
