package dev.carillon.stocks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ReplayTests {

	private static final long START = 1_800_000_000_000L;

	private final List<Trade> trades = new ArrayList<>();

	@TempDir
	private Path directory;

	private static Path sample() throws URISyntaxException {
		return Path.of(Objects.requireNonNull(ReplayTests.class.getResource("/stocks/trades.csv")).toURI());
	}

	private Path file(byte... content) throws IOException {
		return Files.write(this.directory.resolve("trades.csv"), content);
	}

	private Path file(String content) throws IOException {
		return file(content.getBytes());
	}

	@Test
	void playWhenTimePassesThenTradesAsTheyWereRecorded() throws Exception {
		Replay replay = new Replay(sample(), 1, false);
		assertThat(replay.play(START, this.trades::add)).isEqualTo(250);
		assertThat(this.trades)
			.containsExactly(new Trade(Exchange.AAPL, new BigDecimal("212.45"), BigDecimal.valueOf(100), START,
					new BigDecimal("212.44"), new BigDecimal("212.46"), new BigDecimal("212.40")));
		assertThat(replay.play(START + 249, this.trades::add)).isOne();
		assertThat(this.trades).hasSize(1);
		assertThat(replay.play(START + 1_500, this.trades::add)).isEqualTo(500);
		assertThat(this.trades).extracting((trade) -> trade.symbol() + " " + trade.price())
			.containsExactly("AAPL 212.45", "MSFT 431.02", "AAPL 212.47", "BRK-B 470.10");
		assertThat(this.trades).extracting(Trade::time).containsExactly(START, START + 250, START + 500, START + 1_000);
		assertThat(this.trades.get(3).bid()).isNull();
		assertThat(replay.play(START + 2_000, this.trades::add)).isEqualTo(Tape.END);
		assertThat(this.trades).hasSize(5);
		assertThat(replay.garbled()).isEqualTo(5);
		replay.close();
	}

	@Test
	void playWhenSpeedIsTenThenATenthOfTheTime() throws Exception {
		Replay replay = new Replay(sample(), 10, false);
		assertThat(replay.play(START, this.trades::add)).isEqualTo(25);
		replay.play(START + 100, this.trades::add);
		assertThat(this.trades).extracting(Trade::time).containsExactly(START, START + 25, START + 50, START + 100);
		replay.close();
	}

	@Test
	void playWhenLoopingThenStartsOverAtTheEnd() throws Exception {
		Replay replay = new Replay(sample(), 1, true);
		replay.play(START, this.trades::add);
		assertThat(replay.play(START + 2_000, this.trades::add)).isZero();
		assertThat(replay.play(START + 2_001, this.trades::add)).isEqualTo(250);
		assertThat(this.trades).hasSize(6);
		assertThat(this.trades.getLast().time()).isEqualTo(START + 2_001);
		assertThat(this.trades.getLast().price()).isEqualTo("212.45");
		replay.close();
	}

	@Test
	void playWhenFileIsNoTextThenCountedAndSurvived() throws IOException {
		byte[] noise = new byte[400];
		for (int i = 0; i < noise.length; i++) {
			noise[i] = (byte) (i * 37);
		}
		Files.writeString(this.directory.resolve("trades.csv"), "\ufeffPRICE, Time ,symbol\n");
		try (var out = Files.newOutputStream(this.directory.resolve("trades.csv"), StandardOpenOption.APPEND)) {
			out.write(noise);
			out.write("\n5.5,1700000000000,X\r\n".getBytes());
		}
		Replay replay = new Replay(this.directory.resolve("trades.csv"), 1, false);
		assertThat(replay.play(START, this.trades::add)).isEqualTo(Tape.END);
		assertThat(this.trades)
			.containsExactly(Trade.of(new Symbol("X"), new BigDecimal("5.50"), BigDecimal.ZERO, START));
		assertThat(replay.garbled()).isPositive();
	}

	@Test
	void playWhenLoopedFileHasNoTradeThenItEnds() throws IOException {
		Replay replay = new Replay(file("time,symbol,price\nnothing\n"), 1, true);
		assertThat(replay.play(START, this.trades::add)).isEqualTo(Tape.END);
		assertThat(replay.garbled()).isOne();
	}

	@Test
	void playWhenColumnIsMissingThenFailureNamesIt() throws IOException {
		Replay replay = new Replay(file("time,price\n"), 1, false);
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> replay.play(START, this.trades::add))
			.withMessageContaining("the first line names no column symbol");
	}

	@Test
	void newWhenFileIsNotThereThenFailureNamesTheKey() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Replay(this.directory.resolve("no.csv"), 1, false))
			.withMessageStartingWith("carillon.stocks.replay.file: ");
	}

}
