package dev.carillon.topic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A set of destinations: literal segments, {@code *} or <code>{name}</code> for any one
 * segment, and a final {@code **} for one or more.
 * <p>
 * The more specific of two patterns has more literal segments; then the one without
 * {@code **}; then the one with more segments.
 */
public final class DestinationPattern extends SegmentedName implements Comparable<DestinationPattern> {

	/** What patterns reserve is less than what destinations do: wildcards are theirs. */
	private static final String RESERVED = "\\#?\"";

	private final List<Segment> segments;

	private sealed interface Segment {

	}

	private record Literal(String text) implements Segment {
	}

	private record One(@Nullable String name) implements Segment {
	}

	private record Rest() implements Segment {
	}

	private DestinationPattern(String text, List<Segment> segments) {
		super(text);
		this.segments = segments;
	}

	/**
	 * Reads a pattern.
	 * @throws Refusal if the text is not one; the message says why
	 */
	public static DestinationPattern of(String text) {
		String[] parts = split(text, RESERVED);
		List<Segment> segments = new ArrayList<>(parts.length);
		for (int i = 0; i < parts.length; i++) {
			Segment segment = segment(text, parts[i]);
			if (segment instanceof Rest && i + 1 < parts.length) {
				throw bad(text, "has ** before its end");
			}
			segments.add(segment);
		}
		return new DestinationPattern(text, List.copyOf(segments));
	}

	private static Segment segment(String text, String part) {
		if (part.equals("**")) {
			return new Rest();
		}
		if (part.equals("*")) {
			return new One(null);
		}
		if (part.length() > 2 && part.startsWith("{") && part.endsWith("}")
				&& part.chars().skip(1).limit(part.length() - 2L).allMatch(Character::isLetterOrDigit)) {
			return new One(part.substring(1, part.length() - 1));
		}
		if (part.indexOf('*') >= 0 || part.indexOf('{') >= 0 || part.indexOf('}') >= 0) {
			throw bad(text, "has * or {} inside a segment; they stand for whole segments");
		}
		return new Literal(part);
	}

	/**
	 * Whether a text is meant as a pattern rather than as one destination.
	 */
	public static boolean hasWildcard(String text) {
		return text.indexOf('*') >= 0;
	}

	/**
	 * The values of the named segments if the destination is in this set, else null.
	 */
	public @Nullable Map<String, String> match(Destination destination) {
		List<String> given = destination.segments();
		Map<String, String> variables = Map.of();
		for (int i = 0; i < this.segments.size(); i++) {
			if (i >= given.size()) {
				return null;
			}
			String segment = given.get(i);
			switch (this.segments.get(i)) {
				case Literal(String literal) when !literal.equals(segment) -> {
					return null;
				}
				case One(String name) when name != null -> {
					variables = variables.isEmpty() ? new LinkedHashMap<>() : variables;
					variables.put(name, segment);
				}
				case Rest() -> {
					return variables;
				}
				default -> {
					// the segment matches and has no name
				}
			}
		}
		return (given.size() == this.segments.size()) ? variables : null;
	}

	public boolean matches(Destination destination) {
		return match(destination) != null;
	}

	/**
	 * Whether some destination is in both sets.
	 */
	public boolean overlaps(DestinationPattern other) {
		int i = 0;
		for (; i < this.segments.size() && i < other.segments.size(); i++) {
			Segment mine = this.segments.get(i);
			Segment theirs = other.segments.get(i);
			if (mine instanceof Rest || theirs instanceof Rest) {
				return true;
			}
			if (mine instanceof Literal && theirs instanceof Literal && !mine.equals(theirs)) {
				return false;
			}
		}
		return i == this.segments.size() && i == other.segments.size();
	}

	/**
	 * Whether each destination of the other set is in this one.
	 */
	public boolean covers(DestinationPattern other) {
		for (int i = 0; i < this.segments.size(); i++) {
			Segment mine = this.segments.get(i);
			if (i >= other.segments.size()) {
				return false;
			}
			Segment theirs = other.segments.get(i);
			if (mine instanceof Rest) {
				return true;
			}
			if (theirs instanceof Rest || (mine instanceof Literal && !mine.equals(theirs))) {
				return false;
			}
		}
		return this.segments.size() == other.segments.size();
	}

	/**
	 * Orders by specificity, the most specific first.
	 */
	@Override
	public int compareTo(DestinationPattern other) {
		int byLiterals = Long.compare(other.count(Literal.class), count(Literal.class));
		int byRest = Long.compare(count(Rest.class), other.count(Rest.class));
		int bySize = Integer.compare(other.segments.size(), this.segments.size());
		return (byLiterals != 0) ? byLiterals : (byRest != 0) ? byRest : bySize;
	}

	private long count(Class<? extends Segment> kind) {
		return this.segments.stream().filter(kind::isInstance).count();
	}

	/** The names of its named segments. */
	List<String> names() {
		return this.segments.stream()
			.map((segment) -> (segment instanceof One(String name) && name != null) ? name : "")
			.filter((name) -> !name.isEmpty())
			.toList();
	}

}
