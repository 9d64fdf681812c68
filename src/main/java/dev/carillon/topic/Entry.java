package dev.carillon.topic;

import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * One message in a topic's log: immutable, with its offset and the time it was appended.
 * <p>
 * An entry keeps up to {@value #MAX_ENCODINGS} encodings of itself, so that bytes that
 * are equal for many subscribers are made once. Any thread.
 */
public final class Entry {

	/** How many encodings an entry keeps; further ones are made again on each use. */
	static final int MAX_ENCODINGS = 4;

	private final long offset;

	private final long publishedAt;

	private final Publication publication;

	/** Pairs of key and encoding; replaced as a whole, never changed in place. */
	private volatile Object @Nullable [] encodings;

	public Entry(long offset, long publishedAt, Publication publication) {
		this.offset = offset;
		this.publishedAt = publishedAt;
		this.publication = publication;
	}

	public long offset() {
		return this.offset;
	}

	/**
	 * When it was appended, in milliseconds since 1970.
	 */
	public long publishedAt() {
		return this.publishedAt;
	}

	public Map<String, String> headers() {
		return this.publication.headers();
	}

	/**
	 * The body; the caller must not change it.
	 */
	public byte[] body() {
		return this.publication.body();
	}

	/** What follows it on its way to the first subscriber; null for most. */
	public @Nullable Trace trace() {
		return this.publication.trace();
	}

	long size() {
		return this.publication.size();
	}

	/**
	 * The encoding under a key, made by the function when it is not there yet. Two
	 * threads may both make it; equal keys must mean equal encodings.
	 * @param <K> the type of the key, with value equality
	 * @param <V> the type of the encoding
	 */
	@SuppressWarnings("unchecked")
	public <K, V> V encoded(K key, Function<Entry, V> encoder) {
		Object[] known = this.encodings;
		int length = (known == null) ? 0 : known.length;
		for (int i = 0; known != null && i < length; i += 2) {
			Object candidate = known[i];
			if (candidate == key || candidate.equals(key)) {
				return (V) known[i + 1];
			}
		}
		V made = encoder.apply(this);
		if (length < 2 * MAX_ENCODINGS) {
			Object[] extended = new Object[length + 2];
			if (known != null) {
				System.arraycopy(known, 0, extended, 0, length);
			}
			extended[length] = key;
			extended[length + 1] = made;
			this.encodings = extended;
		}
		return made;
	}

}
