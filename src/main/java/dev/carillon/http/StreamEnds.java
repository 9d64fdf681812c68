package dev.carillon.http;

import java.nio.charset.StandardCharsets;

import dev.carillon.delivery.CloseCode;
import dev.carillon.delivery.DeliveryListener;
import dev.carillon.delivery.Encoded;
import dev.carillon.delivery.Session;
import dev.carillon.security.Admissions;
import dev.carillon.security.DestinationRules;
import dev.carillon.security.Refusals;
import dev.carillon.topic.Refusal;
import dev.carillon.topic.Topic;
import tools.jackson.databind.json.JsonMapper;

/**
 * How event streams end: with the event {@code refused} if they may not go on, and with
 * their place free for others however it came. Runs on delivery loops.
 */
final class StreamEnds implements DeliveryListener {

	private final JsonMapper json;

	private final Refusals refusals;

	StreamEnds(JsonMapper json, Refusals refusals) {
		this.json = json;
		this.refusals = refusals;
	}

	private record Refused(String code, String detail) {
	}

	/** Says why a stream may not go on, and ends it. */
	void refuse(Session session, Refusal refusal) {
		this.refusals.note(Refusals.Adapter.HTTP, refusal.code());
		String data = this.json.writeValueAsString(new Refused(refusal.code().text(), refusal.reason()));
		session.send(new Encoded(("event: refused\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8), false));
		session.close(switch (refusal.code()) {
			case ACCESS_DENIED, LIMIT_REACHED -> CloseCode.POLICY;
			default -> CloseCode.TRY_AGAIN_LATER;
		});
	}

	@Override
	public void withdrawn(Session session, String subscription, Topic topic) {
		if (session.owner() instanceof Admissions.Admission) {
			refuse(session, DestinationRules.withdrawn(session.user(), topic));
		}
	}

	@Override
	public void closed(Session session, CloseCode code) {
		if (session.owner() instanceof Admissions.Admission admission) {
			admission.leave();
		}
	}

}
