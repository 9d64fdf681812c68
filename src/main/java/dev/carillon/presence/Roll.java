package dev.carillon.presence;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * The roll of one topic: who is present, and what changed since it was last read out.
 * <p>
 * One thread at a time. Up to {@value #EXACT} people it is read out with all names;
 * beyond that only counts and a sample of the changes, so that a crowd that reconnects
 * costs each member a message of bounded size.
 */
final class Roll {

	/** Up to how many people all names are told. */
	static final int EXACT = 200;

	/** How many changes are told beyond that. */
	static final int SAMPLE = 10;

	private static final String GUEST = "guest-";

	/** How many cursors each person has. */
	private final Map<String, Integer> present = new TreeMap<>();

	/** Whether those who changed were present when the roll was last read out. */
	private final Map<String, Boolean> before = new HashMap<>();

	/** How many people were told of last, and how many of them were guests. */
	private int toldCount;

	private int toldGuests;

	void apply(Change change) {
		this.before.putIfAbsent(change.user(), this.present.containsKey(change.user()));
		this.present.merge(change.user(), change.delta(), (a, b) -> (a + b == 0) ? null : a + b);
	}

	boolean isEmpty() {
		return this.present.isEmpty();
	}

	/**
	 * Reads the roll out and begins to note changes anew; null if all is as it was, as
	 * when somebody came back at once or with another session.
	 */
	@Nullable Attendance readOut() {
		Set<String> joined = new TreeSet<>();
		Set<String> left = new TreeSet<>();
		this.before.forEach((user, wasPresent) -> {
			boolean isPresent = this.present.containsKey(user);
			if (!user.startsWith(GUEST) && isPresent != wasPresent) {
				(isPresent ? joined : left).add(user);
			}
		});
		this.before.clear();
		boolean exact = this.present.size() <= EXACT && joined.size() <= EXACT && left.size() <= EXACT;
		int guests = (int) this.present.keySet().stream().filter((user) -> user.startsWith(GUEST)).count();
		if (joined.isEmpty() && left.isEmpty() && this.present.size() == this.toldCount && guests == this.toldGuests) {
			return null;
		}
		this.toldCount = this.present.size();
		this.toldGuests = guests;
		int most = exact ? EXACT : SAMPLE;
		return new Attendance(this.present.size(), guests,
				exact ? this.present.keySet().stream().filter((user) -> !user.startsWith(GUEST)).toList() : List.of(),
				exact, joined.stream().limit(most).toList(), left.stream().limit(most).toList());
	}

}
