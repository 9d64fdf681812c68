package dev.carillon.drain;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.carillon.topic.Destination;
import dev.carillon.topic.Entry;
import dev.carillon.topic.Position;
import dev.carillon.topic.Publication;
import dev.carillon.topic.SavedKey;
import dev.carillon.topic.SavedLog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SnapshotFileTests {

	private static final Destination QUOTES = Destination.of("/topic/stocks.AAPL");

	private static final Destination EMPTY = Destination.forUser("zo\u00eb x", "/queue/alerts");

	private static final SavedKey KEY = new SavedKey("quotes", "zo\u00eb x", "k-1", new Position(77, 12),
			Duration.ofMillis(59_999));

	@TempDir
	private Path directory;

	private Path path;

	private SnapshotFile file;

	@BeforeEach
	void prepare() {
		this.path = this.directory.resolve("logs");
		this.file = new SnapshotFile(this.path);
	}

	private static Saved saved() {
		return new Saved(logs(),
				List.of(KEY, new SavedKey("quotes", "bob", "k-2", new Position(78, 5), Duration.ZERO)));
	}

	private static Map<Destination, SavedLog> logs() {
		Map<Destination, SavedLog> logs = new LinkedHashMap<>();
		logs.put(QUOTES, new SavedLog(77, 12, List.of(entry(11, "first \u20ac"), entry(12, ""))));
		logs.put(EMPTY, new SavedLog(78, 5, List.of()));
		return logs;
	}

	private static Entry entry(long offset, String body) {
		return new Entry(offset, 1_000 + offset, new Publication(Map.of("content-type", "text/plain", "x", "\u00fc:\n"),
				body.getBytes(StandardCharsets.UTF_8)));
	}

	@Test
	void readWhenWrittenThenTheSame() throws IOException {
		this.file.write(saved());
		assertThat(this.file.read().keys()).containsExactlyElementsOf(saved().keys());
		Map<Destination, SavedLog> read = this.file.read().logs();
		assertThat(read).containsOnlyKeys(QUOTES, EMPTY);
		assertThat(read.get(EMPTY)).isEqualTo(new SavedLog(78, 5, List.of()));
		SavedLog quotes = read.get(QUOTES);
		assertThat(quotes.epoch()).isEqualTo(77);
		assertThat(quotes.head()).isEqualTo(12);
		assertThat(quotes.entries()).hasSize(2);
		Entry first = quotes.entries().getFirst();
		assertThat(first.offset()).isEqualTo(11);
		assertThat(first.publishedAt()).isEqualTo(1_011);
		assertThat(first.headers()).isEqualTo(Map.of("content-type", "text/plain", "x", "\u00fc:\n"));
		assertThat(new String(first.body(), StandardCharsets.UTF_8)).isEqualTo("first \u20ac");
	}

	@Test
	void writeWhenThereIsOneThenReplaced() throws IOException {
		this.file.write(saved());
		this.file.write(new Saved(Map.of(EMPTY, new SavedLog(79, 1, List.of())), List.of()));
		assertThat(this.file.read().logs()).containsOnlyKeys(EMPTY);
		assertThat(this.file.read().keys()).isEmpty();
		try (var files = Files.list(this.directory)) {
			assertThat(files).containsExactly(this.path);
		}
	}

	@Test
	void readWhenAnyByteIsDamagedThenNeverTakenForWhole() throws IOException {
		this.file.write(saved());
		byte[] whole = Files.readAllBytes(this.path);
		for (int i = 0; i < whole.length; i++) {
			byte[] damaged = whole.clone();
			damaged[i] ^= 0x11;
			Files.write(this.path, damaged);
			assertThatExceptionOfType(IOException.class).as("byte %d", i).isThrownBy(() -> this.file.read());
		}
	}

	@Test
	void readWhenCutShortThenRefused() throws IOException {
		this.file.write(saved());
		byte[] whole = Files.readAllBytes(this.path);
		for (int length = 0; length < whole.length; length++) {
			Files.write(this.path, Arrays.copyOf(whole, length));
			assertThatExceptionOfType(IOException.class).as("%d bytes", length).isThrownBy(() -> this.file.read());
		}
	}

}
