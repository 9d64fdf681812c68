package dev.carillon.stocks;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class StocksPropertiesTests {

	@Test
	void bindWhenNothingIsConfiguredThenSimulatorWithItsOwnSymbols() {
		StocksProperties properties = Exchange.defaults();
		assertThat(properties.source()).isEqualTo(StocksProperties.Source.SIMULATOR);
		assertThat(properties.symbols()).isEmpty();
		assertThat(properties.zone().getId()).isEqualTo("America/New_York");
		assertThat(properties.simulator()).isEqualTo(new StocksProperties.Simulator(1, 1, 0, null));
		assertThat(properties.candles()).isEqualTo(new StocksProperties.Candles(780, 260));
	}

	@Test
	void bindWhenEverythingIsConfiguredThenRead() {
		StocksProperties properties = Exchange.binding()
			.with("source", "upstream")
			.with("symbols", "AAPL,BRK.B")
			.with("simulator.hours", "09:30-16:00")
			.with("simulator.rate", "0.5")
			.with("replay.file", "trades.csv")
			.with("upstream.url", "wss://feed.example.com/v1?plan=free")
			.with("upstream.idle-timeout", "5s")
			.with("upstream.always", "AAPL")
			.with("upstream.linger", "0s")
			.bind();
		assertThat(properties.symbols()).containsExactly("AAPL", "BRK.B");
		assertThat(properties.simulator().hours()).isEqualTo(new MarketHours(LocalTime.of(9, 30), LocalTime.of(16, 0)));
		assertThat(properties.simulator().rate()).isEqualTo(0.5);
		assertThat(properties.replay().file()).isEqualTo(Path.of("trades.csv"));
		assertThat(properties.upstream().idleTimeout()).isEqualTo(Duration.ofSeconds(5));
		assertThat(properties.upstream().always()).containsExactly("AAPL");
		assertThat(properties.upstream().linger()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "simulator.rate, 0, carillon.stocks.simulator.rate must be above 0",
			"simulator.hours, 16:00-09:30, a market closes after it opens",
			"simulator.hours, nine to four, has not the form", "simulator.count, 5001, above max-symbols",
			"source, replay, carillon.stocks.replay.file is missing",
			"source, upstream, carillon.stocks.upstream.url is missing",
			"upstream.url, https://feed.example.com, must begin with ws:// or wss://",
			"upstream.max-backoff, 1ms, must be at least upstream.min-backoff",
			"upstream.linger, -1s, upstream.linger must be at least 0s",
			"candles.minutes, 0, candles.minutes must be 1 to 10000",
			"alerts.per-user, 0, alerts.per-user must be at least 1" })
	void bindWhenValueIsImpossibleThenFailureNamesTheKey(String key, String value, String message) {
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> Exchange.binding().with(key, value).bind())
			.havingRootCause()
			.withMessageContaining(message);
	}

	@Test
	void toStringWhenThereIsATokenThenItIsNotShown() {
		StocksProperties properties = Exchange.binding()
			.with("upstream.url", "wss://me:pass@feed.example.com:8443/v1?key=hidden")
			.with("upstream.token", "hush")
			.bind();
		assertThat(properties.toString()).contains("wss://feed.example.com:8443/v1")
			.doesNotContain("hush", "hidden", "pass");
	}

}
