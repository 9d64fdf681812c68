package dev.carillon.stocks;

import java.math.BigDecimal;

import dev.carillon.topic.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TradeTests {

	@ParameterizedTest
	@CsvSource({ "178.2, 178.20", "178, 178.00", "178.2000, 178.20", "0.00001234, 0.00001234", "1e3, 1000.00" })
	void priceWhenItIsOneThenExactWithTwoDecimalsAtLeast(BigDecimal value, String expected) {
		assertThat(Trade.price("price", value).toPlainString()).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "-1", "1e12", "1e999999999", "1e-999999999", "0.000000001" })
	void priceWhenItIsImpossibleThenRefusedByName(String value) {
		assertThatIllegalArgumentException().isThrownBy(() -> Trade.price("bid", new BigDecimal(value)))
			.withMessageStartingWith("bid must be a number above 0");
	}

	@Test
	void tradeWhenTimeOrVolumeIsImpossibleThenRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Trade.of(Exchange.AAPL, BigDecimal.ONE, BigDecimal.ONE, 0))
			.withMessageStartingWith("time");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Trade.of(Exchange.AAPL, BigDecimal.ONE, BigDecimal.ONE, 1_700_000_000_000_000L))
			.withMessageStartingWith("time");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Trade.of(Exchange.AAPL, BigDecimal.ONE, BigDecimal.valueOf(-1), 1))
			.withMessageStartingWith("volume");
	}

	@ParameterizedTest
	@CsvSource({ "aapl, AAPL", " BRK.B , BRK-B", "BINANCE:BTCUSDT, BINANCE:BTCUSDT" })
	void symbolWhenPeopleWriteItThenCanonical(String text, String expected) {
		assertThat(Symbol.of(text).text()).isEqualTo(expected);
		assertThat(Symbol.of(text).destination()).hasToString("/topic/stocks." + expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "A B", "AAPL/", "*", "{x}", "ABCDEFGHIJKLMNOPQRSTUVWXY", "\"" })
	void symbolWhenItIsNoneThenRefusedWithTheLimit(String text) {
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> Symbol.of(text))
			.withMessageContaining("symbol must have 1 to 24 letters")
			.satisfies((refusal) -> assertThat(refusal.code()).isEqualTo(Refusal.Code.BAD_VALUE));
	}

}
