package dev.carillon.security;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

import dev.carillon.topic.Refusal;
import dev.carillon.topic.TopicPolicy;

/**
 * How many messages one sender may still send: a token bucket for all of them and one for
 * each family with a {@code send-rate}, each of one second's size. One thread at a time.
 */
final class Quota {

	/** The session attribute that holds it. */
	static final String ATTRIBUTE = Quota.class.getName();

	private final String who;

	private final LongSupplier nanoTime;

	private final Map<String, Bucket> byFamily = new HashMap<>(2);

	private final Bucket all;

	/**
	 * A full quota.
	 * @param who the beginning of the sentence that refuses
	 */
	Quota(String who, int sendRate, LongSupplier nanoTime) {
		this.who = who;
		this.nanoTime = nanoTime;
		this.all = new Bucket(sendRate, nanoTime.getAsLong());
	}

	/**
	 * Takes one message out of the quota.
	 * @throws Refusal if there is none left; the message names the limit
	 */
	void take(TopicPolicy policy) {
		long now = this.nanoTime.getAsLong();
		if (!this.all.take(now)) {
			throw new Refusal(Refusal.Code.RATE_LIMITED, this.who + " sends more than the " + this.all.rate
					+ " messages a second that carillon.limits.send-rate allows");
		}
		if (policy.sendRate() > 0
				&& !this.byFamily.computeIfAbsent(policy.family(), (_) -> new Bucket(policy.sendRate(), now))
					.take(now)) {
			throw new Refusal(Refusal.Code.RATE_LIMITED, this.who + " sends more than the " + policy.sendRate()
					+ " messages a second that send-rate of " + policy.family() + " allows");
		}
	}

	/** Fills at its rate, up to one second's worth. */
	private static final class Bucket {

		private final int rate;

		private double tokens;

		private long filledAt;

		Bucket(int rate, long now) {
			this.rate = rate;
			this.tokens = rate;
			this.filledAt = now;
		}

		boolean take(long now) {
			if (this.rate == 0) {
				return true;
			}
			this.tokens = Math.min(this.rate, this.tokens + (now - this.filledAt) * 1e-9 * this.rate);
			this.filledAt = now;
			if (this.tokens < 1) {
				return false;
			}
			this.tokens--;
			return true;
		}

	}

}
