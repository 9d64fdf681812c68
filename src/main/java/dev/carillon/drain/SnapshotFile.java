package dev.carillon.drain;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

import dev.carillon.topic.Destination;
import dev.carillon.topic.Entry;
import dev.carillon.topic.Position;
import dev.carillon.topic.Publication;
import dev.carillon.topic.SavedKey;
import dev.carillon.topic.SavedLog;

/**
 * What outlives the process in a file: a mark and a version, the logs, the keys, and a
 * check sum over all of it.
 */
final class SnapshotFile {

	/** "CLOG". */
	private static final int MARK = 0x434C4F47;

	private static final int VERSION = 2;

	/** No text or body is longer; more is a sign of a broken file. */
	private static final int MAX_LENGTH = 1 << 30;

	private final Path file;

	SnapshotFile(Path file) {
		this.file = file;
	}

	boolean exists() {
		return Files.exists(this.file);
	}

	/**
	 * Writes all or nothing: a file that is there is replaced when the new one is on the
	 * disk.
	 */
	void write(Saved saved) throws IOException {
		Path fresh = beside(".new");
		CRC32 sum = new CRC32();
		try (DataOutputStream out = new DataOutputStream(
				new BufferedOutputStream(new CheckedOutputStream(Files.newOutputStream(fresh), sum)))) {
			out.writeInt(MARK);
			out.writeInt(VERSION);
			out.writeInt(saved.logs().size());
			for (Map.Entry<Destination, SavedLog> log : saved.logs().entrySet()) {
				writeText(out, log.getKey().toString());
				write(out, log.getValue());
			}
			out.writeInt(saved.keys().size());
			for (SavedKey key : saved.keys()) {
				write(out, key);
			}
			out.flush();
			out.writeLong(sum.getValue());
		}
		try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
			channel.force(true);
		}
		Files.move(fresh, this.file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

	private static void write(DataOutputStream out, SavedLog log) throws IOException {
		out.writeLong(log.epoch());
		out.writeLong(log.head());
		out.writeInt(log.entries().size());
		for (Entry entry : log.entries()) {
			out.writeLong(entry.publishedAt());
			out.writeInt(entry.headers().size());
			for (Map.Entry<String, String> header : entry.headers().entrySet()) {
				writeText(out, header.getKey());
				writeText(out, header.getValue());
			}
			writeBytes(out, entry.body());
		}
	}

	private static void write(DataOutputStream out, SavedKey key) throws IOException {
		writeText(out, key.family());
		writeText(out, key.user());
		writeText(out, key.key());
		out.writeLong(key.position().epoch());
		out.writeLong(key.position().offset());
		out.writeLong(key.left().toMillis());
	}

	/**
	 * Reads what was written.
	 * @throws IOException if the file cannot be read or is not whole
	 */
	Saved read() throws IOException {
		CheckedInputStream checked = new CheckedInputStream(new BufferedInputStream(Files.newInputStream(this.file)),
				new CRC32());
		try (DataInputStream in = new DataInputStream(checked)) {
			if (in.readInt() != MARK || in.readInt() != VERSION) {
				throw new IOException(this.file + " is not a snapshot of this version");
			}
			Map<Destination, SavedLog> logs = new LinkedHashMap<>();
			for (int left = in.readInt(); left > 0; left--) {
				Destination destination = Destination.of(readText(in));
				logs.put(destination, readLog(in));
			}
			List<SavedKey> keys = new ArrayList<>();
			for (int left = in.readInt(); left > 0; left--) {
				keys.add(readKey(in));
			}
			long sum = checked.getChecksum().getValue();
			if (in.readLong() != sum) {
				throw new IOException(this.file + " is damaged: its check sum is wrong");
			}
			return new Saved(logs, keys);
		}
		catch (RuntimeException ex) {
			throw new IOException(this.file + " is damaged", ex);
		}
	}

	private static SavedLog readLog(DataInputStream in) throws IOException {
		long epoch = in.readLong();
		long head = in.readLong();
		int count = in.readInt();
		List<Entry> entries = new ArrayList<>();
		for (long offset = head - count + 1; offset <= head; offset++) {
			long publishedAt = in.readLong();
			Map<String, String> headers = new LinkedHashMap<>();
			for (int left = in.readInt(); left > 0; left--) {
				headers.put(readText(in), readText(in));
			}
			entries.add(new Entry(offset, publishedAt, new Publication(headers, readBytes(in))));
		}
		return new SavedLog(epoch, head, entries);
	}

	private static SavedKey readKey(DataInputStream in) throws IOException {
		return new SavedKey(readText(in), readText(in), readText(in), new Position(in.readLong(), in.readLong()),
				Duration.ofMillis(in.readLong()));
	}

	/** Puts the file aside, so that it is not read again. */
	void setAside(String ending) throws IOException {
		Files.move(this.file, beside(ending), StandardCopyOption.REPLACE_EXISTING);
	}

	private Path beside(String ending) {
		return this.file.resolveSibling(this.file.getFileName() + ending);
	}

	private static void writeText(DataOutputStream out, String text) throws IOException {
		writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
	}

	private static String readText(DataInputStream in) throws IOException {
		return new String(readBytes(in), StandardCharsets.UTF_8);
	}

	private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
		out.writeInt(bytes.length);
		out.write(bytes);
	}

	private static byte[] readBytes(DataInputStream in) throws IOException {
		int length = in.readInt();
		if (length < 0 || length > MAX_LENGTH) {
			throw new IOException("A length of " + length + " cannot be");
		}
		byte[] bytes = in.readNBytes(length);
		if (bytes.length < length) {
			throw new IOException("The file ends early");
		}
		return bytes;
	}

}
