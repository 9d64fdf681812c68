package dev.carillon.delivery;

import java.util.List;
import java.util.function.Predicate;

import dev.carillon.topic.Destination;
import dev.carillon.topic.DestinationPattern;
import dev.carillon.topic.Position;
import dev.carillon.topic.Refusal;
import dev.carillon.topic.Topic;
import org.jspecify.annotations.Nullable;

/**
 * What a subscriber asks for.
 *
 * @param id the name of the subscription within its session
 * @param target one destination or several
 * @param encoder how its messages are encoded
 * @param ackMode how they are acknowledged
 * @param window how many messages may be unacknowledged, at least 1; without meaning for
 * {@link AckMode#AUTO}
 * @param latestOnly whether only the newest entry is wanted while the subscriber is
 * behind
 * @param replay how many entries before the head to start, or null for the policy's
 * default
 * @param resumeFrom the last position received of each topic, or null to start anew
 */
public record SubscribeRequest(String id, Target target, MessageEncoder encoder, AckMode ackMode, int window,
		boolean latestOnly, @Nullable Integer replay, @Nullable List<Position> resumeFrom) {

	public SubscribeRequest {
		if (replay != null && replay < 0) {
			throw new Refusal(Refusal.Code.BAD_VALUE, "replay must be at least 0");
		}
		if (window < 1 && ackMode != AckMode.AUTO) {
			throw new Refusal(Refusal.Code.BAD_VALUE, "prefetch-count must be at least 1");
		}
	}

	/** What is subscribed to. */
	public sealed interface Target {

		/**
		 * Judges each topic before it is followed, on the loop, and again when rules have
		 * changed, on any thread; must not block.
		 */
		Predicate<Topic> permitted();

	}

	/**
	 * One topic or work queue.
	 *
	 * @param destination its name
	 * @param permitted see {@link Target#permitted}
	 */
	public record One(Destination destination, Predicate<Topic> permitted) implements Target {

		/** For those whose right is beyond doubt. */
		public One(Destination destination) {
			this(destination, (_) -> true);
		}

	}

	/**
	 * Every topic a pattern reaches, now and later.
	 *
	 * @param pattern which topics
	 * @param permitted see {@link Target#permitted}
	 */
	public record Many(DestinationPattern pattern, Predicate<Topic> permitted) implements Target {
	}

}
