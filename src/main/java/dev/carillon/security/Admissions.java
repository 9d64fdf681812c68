package dev.carillon.security;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import dev.carillon.topic.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Counts the sessions of everybody, of each address and of each user, and lets no more in
 * than the limits allow. Any thread.
 */
public final class Admissions {

	private final LimitsProperties limits;

	private final AtomicInteger sessions = new AtomicInteger();

	private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();

	private final Map<String, Integer> byUser = new ConcurrentHashMap<>();

	private volatile boolean draining;

	public Admissions(LimitsProperties limits) {
		this.limits = limits;
	}

	/** One session that was let in, until it leaves. */
	public final class Admission {

		private final String address;

		private @Nullable String user;

		private final AtomicBoolean left = new AtomicBoolean();

		private Admission(String address) {
			this.address = address;
		}

		/** What the address of the client counts as, see {@link Addresses}. */
		public String address() {
			return this.address;
		}

		/**
		 * Counts the session for its user, once that is known.
		 * @throws Refusal if the user has as many sessions as allowed
		 */
		public synchronized void identify(String name) {
			if (this.user == null && !name.startsWith(Guest.PREFIX)) {
				enter(Admissions.this.byUser, name, Admissions.this.limits.sessionsPerUser(), "The user " + name,
						"sessions-per-user");
				this.user = name;
			}
		}

		/** Ends the session; idempotent. */
		public synchronized void leave() {
			if (this.left.compareAndSet(false, true)) {
				Admissions.this.sessions.decrementAndGet();
				Admissions.leave(Admissions.this.byAddress, this.address);
				if (this.user != null) {
					Admissions.leave(Admissions.this.byUser, this.user);
				}
			}
		}

	}

	/**
	 * Lets a session in.
	 * @param from the address it comes from
	 * @throws Refusal if the instance is draining or full, or the address has as many as
	 * allowed
	 */
	public Admission admit(String from) {
		String address = Addresses.groupOf(from);
		if (this.draining) {
			throw new Refusal(Refusal.Code.UNAVAILABLE, "This instance is about to stop; another one will do");
		}
		int count = this.sessions.incrementAndGet();
		try {
			if (LimitsProperties.isReached(this.limits.sessions(), count - 1)) {
				throw new Refusal(Refusal.Code.LIMIT_REACHED, "This instance has " + (count - 1)
						+ " sessions; carillon.limits.sessions allows " + this.limits.sessions());
			}
			enter(this.byAddress, address, this.limits.sessionsPerAddress(), "The address " + address,
					"sessions-per-address");
		}
		catch (Refusal refusal) {
			this.sessions.decrementAndGet();
			throw refusal;
		}
		return new Admission(address);
	}

	/** From now on nobody is let in. */
	public void drain() {
		this.draining = true;
	}

	/** How many are in. */
	public int count() {
		return this.sessions.get();
	}

	public boolean isDraining() {
		return this.draining;
	}

	private static void enter(Map<String, Integer> counts, String key, int limit, String who, String name) {
		counts.compute(key, (_, count) -> {
			int known = (count != null) ? count : 0;
			if (LimitsProperties.isReached(limit, known)) {
				throw new Refusal(Refusal.Code.LIMIT_REACHED,
						who + " has " + known + " sessions; carillon.limits." + name + " allows " + limit);
			}
			return known + 1;
		});
	}

	private static void leave(Map<String, Integer> counts, String key) {
		counts.computeIfPresent(key, (_, count) -> (count == 1) ? null : count - 1);
	}

}
