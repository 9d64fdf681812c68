package dev.carillon.stocks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * A recorded CSV file, played as if it happened now: its first trade when the replay
 * begins, the others after the recorded distance divided by the speed. Trades carry the
 * time at which they are played.
 * <p>
 * The file is read line by line as it is needed. Lines that make no sense are counted;
 * empty ones and those that begin with {@code #} are comments. A pass without a single
 * trade ends the replay, even one that loops.
 */
final class Replay implements Tape {

	/** How many trades one call hands over at most, so that it stays short. */
	private static final int BATCH = 10_000;

	private final Path file;

	private final double speed;

	private final boolean loop;

	private final LongAdder garbled = new LongAdder();

	private @Nullable Pass pass;

	/**
	 * One way through the file.
	 */
	private static final class Pass {

		private final BufferedReader reader;

		private final CsvColumns columns;

		private final long startedAt;

		private final long firstTime;

		private @Nullable Trade next;

		private Pass(BufferedReader reader, CsvColumns columns, long startedAt, @Nullable Trade first) {
			this.reader = reader;
			this.columns = columns;
			this.startedAt = startedAt;
			this.next = first;
			this.firstTime = (first != null) ? first.time() : 0;
		}

	}

	/**
	 * Opens nothing yet.
	 * @throws IllegalArgumentException if the file cannot be read
	 */
	Replay(Path file, double speed, boolean loop) {
		if (!Files.isReadable(file) || Files.isDirectory(file)) {
			throw new IllegalArgumentException("carillon.stocks.replay.file: " + file + " cannot be read");
		}
		this.file = file;
		this.speed = speed;
		this.loop = loop;
	}

	@Override
	public long play(long now, Consumer<Trade> feed) {
		try {
			Pass current = (this.pass != null) ? this.pass : open(now);
			this.pass = current;
			return play(current, now, feed);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Pass open(long now) throws IOException {
		BufferedReader reader = new BufferedReader(
				new InputStreamReader(Files.newInputStream(this.file), StandardCharsets.UTF_8));
		try {
			String header = reader.readLine();
			CsvColumns columns = new CsvColumns((header != null) ? header : "");
			return new Pass(reader, columns, now, read(reader, columns));
		}
		catch (IllegalArgumentException ex) {
			reader.close();
			throw new IOException(this.file + ": " + ex.getMessage(), ex);
		}
	}

	private long play(Pass current, long now, Consumer<Trade> feed) throws IOException {
		for (int i = 0; i < BATCH && current.next != null; i++) {
			Trade trade = current.next;
			long due = current.startedAt + (long) ((trade.time() - current.firstTime) / this.speed);
			if (due > now) {
				return due - now;
			}
			feed.accept(trade.at(due));
			current.next = read(current.reader, current.columns);
		}
		return (current.next != null) ? 0 : end(current);
	}

	private long end(Pass current) throws IOException {
		current.reader.close();
		boolean hadTrades = current.firstTime > 0;
		if (this.loop && hadTrades) {
			this.pass = null;
			return 0;
		}
		return END;
	}

	private @Nullable Trade read(BufferedReader reader, CsvColumns columns) throws IOException {
		for (String line = reader.readLine(); line != null; line = reader.readLine()) {
			if (line.isBlank() || line.startsWith("#")) {
				continue;
			}
			try {
				return columns.trade(line);
			}
			catch (IllegalArgumentException _) {
				this.garbled.increment();
			}
		}
		return null;
	}

	@Override
	public long garbled() {
		return this.garbled.sum();
	}

	@Override
	public void close() {
		try {
			if (this.pass != null) {
				this.pass.reader.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
