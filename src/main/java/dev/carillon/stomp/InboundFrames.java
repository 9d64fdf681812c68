package dev.carillon.stomp;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many frames clients have sent, by command. Any thread.
 */
public final class InboundFrames {

	private final Map<StompFrame.Command, LongAdder> counts = new EnumMap<>(StompFrame.Command.class);

	InboundFrames() {
		for (StompFrame.Command command : StompFrame.Command.values()) {
			this.counts.put(command, new LongAdder());
		}
	}

	void note(StompFrame.Command command) {
		LongAdder count = this.counts.get(command);
		if (count != null) {
			count.increment();
		}
	}

	/** The commands there are. */
	public static List<String> commands() {
		return Arrays.stream(StompFrame.Command.values()).map(StompFrame.Command::name).toList();
	}

	/** How many frames with a command have come. */
	public long count(String command) {
		return Objects.requireNonNull(this.counts.get(StompFrame.Command.valueOf(command))).sum();
	}

}
