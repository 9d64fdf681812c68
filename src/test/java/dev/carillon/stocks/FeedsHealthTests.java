package dev.carillon.stocks;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class FeedsHealthTests {

	@ParameterizedTest(name = "{0} with {2} of {1} wanted stale after {3} reconnects is {4}")
	@CsvSource({ "LIVE,5,0,0,UP", "LIVE,5,4,0,UP", "LIVE,5,5,0,STALE", "LIVE,0,0,0,UP", "LIVE,5,0,7,UP",
			"CONNECTING,0,0,0,UNKNOWN", "CONNECTING,0,0,1,STALE", "CONNECTING,5,0,1,STALE", "ENDED,5,0,0,UP",
			"ENDED,5,5,0,STALE", "FAILED,5,0,0,DOWN", "IDLE,0,0,0,UNKNOWN" })
	void healthWhenTheSourceIsSoThen(FeedState.Status status, int wanted, int stale, long reconnects, String expected) {
		FeedState state = new FeedState("upstream", status, 7, wanted, stale, 10, 0, 0, reconnects, 0, 0, 1_000);
		assertThat(new FeedsHealth(() -> state).health().getStatus().getCode()).isEqualTo(expected);
	}

}
