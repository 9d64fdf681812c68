package dev.carillon.security;

import java.time.Duration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.carillon.topic.TopicPolicy;

import org.springframework.security.core.Authentication;

/**
 * The send rates of those who publish by HTTP and have no session to count for: each user
 * has the quota of one session, and so has each address for all its guests. Any thread.
 */
public final class SendRates {

	/**
	 * Long enough for a bucket to be full again, so that forgetting it grants nothing.
	 */
	private static final Duration IDLE = Duration.ofSeconds(2);

	private static final int MAX_SENDERS = 100_000;

	private final LimitsProperties limits;

	private final Ticker ticker;

	private final Cache<String, Quota> quotas;

	public SendRates(LimitsProperties limits, Ticker ticker) {
		this.limits = limits;
		this.ticker = ticker;
		this.quotas = Caffeine.newBuilder().maximumSize(MAX_SENDERS).expireAfterAccess(IDLE).ticker(ticker).build();
	}

	/**
	 * Takes one message out of the quota of a user.
	 * @throws dev.carillon.topic.Refusal if there is none left; the message names the
	 * limit
	 */
	public void take(Authentication user, TopicPolicy policy) {
		if (this.limits.sendRate() > 0 || policy.sendRate() > 0) {
			Quota quota = this.quotas.get(user.getName(),
					(_) -> new Quota("This user", this.limits.sendRate(), this.ticker::read));
			synchronized (quota) {
				quota.take(policy);
			}
		}
	}

}
