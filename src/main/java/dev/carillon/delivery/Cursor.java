package dev.carillon.delivery;

import java.util.Map;

import dev.carillon.topic.Entry;
import dev.carillon.topic.SlowPolicy;
import dev.carillon.topic.TopicPolicy;
import dev.carillon.topic.Trace;

/**
 * How far one subscription has been served of one topic.
 */
final class Cursor extends Source {

	private final TopicSubscription subscription;

	private final Feed feed;

	private long offset;

	/** The first offset that was skipped and not yet reported, 0 if none. */
	private long missedFrom;

	/** Whether it has had something to read; before, being behind is not its fault. */
	private boolean served;

	/** The newest offset when it began; what comes after was published for it. */
	private long past;

	private int index;

	Cursor(TopicSubscription subscription, Feed feed, long offset) {
		super(subscription.session());
		this.subscription = subscription;
		this.feed = feed;
		this.offset = offset;
	}

	TopicSubscription subscription() {
		return this.subscription;
	}

	Feed feed() {
		return this.feed;
	}

	long offset() {
		return this.offset;
	}

	int index() {
		return this.index;
	}

	void setIndex(int index) {
		this.index = index;
	}

	/** Its feed knows it; from here on it is told of news. */
	void begin() {
		this.served = this.offset >= this.feed.head();
		this.past = this.feed.head();
		news();
	}

	/** The feed's head has moved, or an ACK has opened the window. */
	void news() {
		if (this.offset >= this.feed.head()) {
			return;
		}
		if (policy().slow() == SlowPolicy.DISCONNECT && isTooSlow()) {
			session().close(CloseCode.SLOW_CONSUMER);
		}
		else if (this.subscription.window() > 0) {
			ready();
		}
	}

	private boolean isTooSlow() {
		return this.served && !this.subscription.isLatestOnly() && isTooFarBehind();
	}

	private TopicPolicy policy() {
		return this.feed.topic().policy();
	}

	private boolean isTooFarBehind() {
		return this.offset + 1 < this.feed.topic().log().tail() || this.feed.head() - this.offset > policy().maxLag();
	}

	@Override
	boolean take(Flush flush) {
		long head = this.feed.head();
		while (this.offset < head && this.subscription.window() > 0 && catchUp(head)) {
			if (takeNext(flush)) {
				this.served = true;
				return this.offset < head && this.subscription.window() > 0;
			}
			if (!skipGap(head)) {
				return false;
			}
		}
		return false;
	}

	private boolean takeNext(Flush flush) {
		return (this.missedFrom > 0 || this.subscription.ackMode() != AckMode.AUTO) ? takeOne(flush) : takeRun(flush);
	}

	/**
	 * Jumps if the log has moved on without this cursor or if the policy or the
	 * subscriber wants it so.
	 * @return false if the session is closed for being slow
	 */
	private boolean catchUp(long head) {
		if (this.subscription.isLatestOnly()) {
			jump(head);
			return true;
		}
		if (!isTooFarBehind()) {
			return true;
		}
		switch (policy().slow()) {
			case CONFLATE -> jump(head);
			case DROP -> drop(head);
			case DISCONNECT -> {
				if (isTooSlow()) {
					session().close(CloseCode.SLOW_CONSUMER);
					return false;
				}
				drop(head);
			}
		}
		return true;
	}

	private void drop(long head) {
		long lag = Math.min(policy().maxLag(), head);
		jump(Math.min(head, Math.max(this.feed.topic().log().tail(), head - lag + 1)));
	}

	private void jump(long next) {
		if (next > this.offset + 1) {
			if (this.missedFrom == 0) {
				this.missedFrom = this.offset + 1;
			}
			this.feed.stats().missed().add(next - this.offset - 1);
			this.offset = next - 1;
		}
	}

	private boolean takeRun(Flush flush) {
		Run run = this.feed.run(this.subscription.encoder(), this.offset + 1);
		if (run == null) {
			return false;
		}
		flush.add(run.encoded());
		count(run.to() - this.offset, run.publishedAt());
		if (!run.traces().isEmpty() && this.offset >= this.past) {
			run.traces().forEach(flush::trace);
		}
		this.offset = run.to();
		return true;
	}

	private boolean takeOne(Flush flush) {
		long next = this.offset + 1;
		Entry entry = this.feed.topic().log().read(next);
		if (entry == null) {
			return false;
		}
		flush.add(encode(entry));
		count(1, entry.publishedAt());
		Trace trace = entry.trace();
		if (trace != null && this.offset >= this.past) {
			flush.trace(trace);
		}
		this.missedFrom = 0;
		this.offset = next;
		this.subscription.delivered(this, next);
		return true;
	}

	/** Counts what is about to leave, before the offset moves. */
	private void count(long messages, long publishedAt) {
		FamilyStats stats = this.feed.stats();
		stats.messages().add(messages);
		session().loop().delivered(messages);
		if (this.offset >= this.past) {
			stats.latency().add(session().loop().age(publishedAt), messages);
		}
	}

	private Encoded encode(Entry entry) {
		MessageEncoder encoder = this.subscription.encoder();
		if (this.missedFrom == 0) {
			return this.feed.encoded(encoder, entry);
		}
		return encoder.encode(this.feed.topic(), entry, Map.of("missed", this.missedFrom + "-" + (entry.offset() - 1)));
	}

	/**
	 * The next entry went away between two looks at the log. If the whole rest went (it
	 * grew too old), the cursor goes to the head and reports it with whatever comes next.
	 * @return false if nothing went and the log only cannot say, so that the cursor waits
	 * for news
	 */
	private boolean skipGap(long head) {
		long tail = this.feed.topic().log().tail();
		if (tail > head) {
			jump(head + 1);
		}
		return tail > this.offset + 1 || this.offset == head;
	}

}
