package dev.carillon.delivery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.carillon.support.RecordingSink;
import dev.carillon.support.TextEncoder;
import dev.carillon.topic.Destination;
import dev.carillon.topic.DestinationPattern;
import dev.carillon.topic.Position;
import dev.carillon.topic.Refusal;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A session with a recording sink, and what it was told.
 */
final class Client {

	final RecordingSink sink = new RecordingSink();

	final Session session;

	/** The placements by subscription id. */
	final Map<String, Placement> placements = new LinkedHashMap<>();

	final List<Refusal> refusals = new ArrayList<>();

	final List<Boolean> answers = new ArrayList<>();

	private final Stage stage;

	Client(Stage stage, DeliveryLoop loop, String id) {
		this.stage = stage;
		this.session = new Session(id, loop, this.sink, this, stage.clock.getAsLong());
		loop.opened(this.session);
		stage.settle();
	}

	void checkSink() {
		assertThat(this.sink.breaches()).isEmpty();
	}

	/** Subscribes to a destination or pattern; the receipt is a control frame. */
	Client subscribe(String id, String target, Option... options) {
		begin(id, target, options);
		this.stage.settle();
		return this;
	}

	/** Subscribes, without a turn of the loops. */
	void begin(String id, String target, Option... options) {
		Form form = new Form();
		Arrays.stream(options).forEach((option) -> option.apply(form));
		SubscribeRequest.Target wanted = DestinationPattern.hasWildcard(target)
				? new SubscribeRequest.Many(DestinationPattern.of(target), (topic) -> true)
				: new SubscribeRequest.One(Destination.of(target));
		this.session.subscribe(new SubscribeRequest(id, wanted, new TextEncoder(id), form.mode, form.window,
				form.latest, form.replay, form.from), (placement, refusal) -> {
					if (placement != null) {
						this.placements.put(id, placement);
						this.session.send(TextEncoder.control("receipt " + id));
					}
					if (refusal != null) {
						this.refusals.add(refusal);
					}
				});
	}

	void unsubscribe(String id) {
		this.session.unsubscribe(id, this.answers::add);
		this.stage.settle();
	}

	/** Settles a message in one subscription. */
	boolean settle(@Nullable String id, Position position, Settlement settlement) {
		List<Boolean> answer = new ArrayList<>();
		this.session.settle(id, position, settlement, answer::add);
		this.stage.settle();
		return answer.getFirst();
	}

	boolean ack(@Nullable String id, Position position) {
		return settle(id, position, Settlement.ACK);
	}

	boolean nack(String id, Position position) {
		return settle(id, position, Settlement.NACK);
	}

	Position position(int message) {
		return this.sink.messages().get(message).position();
	}

	List<String> bodies() {
		return this.sink.bodies();
	}

	/** One thing a subscription asks for. */
	interface Option {

		void apply(Form form);

	}

	/** The header values of a SUBSCRIBE. */
	static final class Form {

		private AckMode mode = AckMode.AUTO;

		private int window = 100;

		private boolean latest;

		private @Nullable Integer replay;

		private @Nullable List<Position> from;

	}

	static Option replay(int entries) {
		return (form) -> form.replay = entries;
	}

	static Option latest() {
		return (form) -> form.latest = true;
	}

	static Option from(Position... positions) {
		return (form) -> form.from = List.of(positions);
	}

	static Option ack(AckMode mode, int window) {
		return (form) -> {
			form.mode = mode;
			form.window = window;
		};
	}

}
