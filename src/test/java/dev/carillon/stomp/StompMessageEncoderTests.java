package dev.carillon.stomp;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Random;

import dev.carillon.delivery.Encoded;
import dev.carillon.topic.Destination;
import dev.carillon.topic.Entry;
import dev.carillon.topic.MemoryLogs;
import dev.carillon.topic.Publication;
import dev.carillon.topic.SlowPolicy;
import dev.carillon.topic.Topic;
import dev.carillon.topic.TopicPolicies;
import dev.carillon.topic.TopicProperties;
import dev.carillon.topic.Topics;
import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

class StompMessageEncoderTests {

	private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_123L);

	private final Topic topic = topics().open(Destination.of("/topic/\u00e9"));

	@Test
	void encodeWhenPlainThenAllHeadersAndTheBody() {
		StompMessageEncoder encoder = new StompMessageEncoder(StompVersion.V1_2, Framing.BARE, "s:1", false, "");
		Encoded encoded = encoder.encode(this.topic, entry(7, "content-type", "text/plain", "hello"), Map.of());
		assertThat(encoded.binary()).isFalse();
		assertThat(encoded.bytes()).asString(StandardCharsets.UTF_8).isEqualTo("""
				MESSAGE
				subscription:s\\c1
				message-id:%s-7
				destination:/topic/\u00e9
				published-at:1700000000123
				content-type:text/plain
				content-length:5

				hello\0""".formatted(Long.toString(this.topic.log().epoch(), 36)));
	}

	@Test
	void encodeWhenAcknowledgedThenAckNamesPositionAndSubscription() {
		StompMessageEncoder encoder = new StompMessageEncoder(StompVersion.V1_2, Framing.BARE, "s", true, "");
		Entry entry = entry(7, "a", "b", "");
		assertThat(encoder.encode(this.topic, entry, Map.of("redelivered", "true")).bytes())
			.asString(StandardCharsets.UTF_8)
			.contains("\nack:" + AckId.of(this.topic.position(entry), "s") + "\n", "\nredelivered:true\n");
	}

	@Test
	void encodeWhenCalledOtherwiseThenTheSubscribersName() {
		StompMessageEncoder encoder = new StompMessageEncoder(StompVersion.V1_1, Framing.BARE, "s", false,
				"/user/queue/x");
		assertThat(encoder.encode(this.topic, entry(1, "a", "b", ""), Map.of()).bytes())
			.asString(StandardCharsets.UTF_8)
			.contains("\ndestination:/user/queue/x\n");
	}

	@Test
	void encodeWhenNoSubscriptionIdThenNoHeader() {
		StompMessageEncoder encoder = new StompMessageEncoder(StompVersion.V1_0, Framing.BARE, "", false, "");
		assertThat(encoder.encode(this.topic, entry(1, "a", "b:c\nd", ""), Map.of()).bytes())
			.asString(StandardCharsets.UTF_8)
			.doesNotContain("subscription")
			.contains("\na:b:cd\n");
	}

	@Test
	void encodeWhenVersionsDifferThenEachEscapesForItself() {
		Entry entry = entry(1, "h", "a:b\r", "x");
		assertThat(text(entry, StompVersion.V1_0)).contains("\nh:a:b\n");
		assertThat(text(entry, StompVersion.V1_1)).contains("\nh:a\\cb\n");
		assertThat(text(entry, StompVersion.V1_2)).contains("\nh:a\\cb\\r\n");
	}

	private String text(Entry entry, StompVersion version) {
		StompMessageEncoder encoder = new StompMessageEncoder(version, Framing.BARE, "s", false, "");
		return new String(encoder.encode(this.topic, entry, Map.of()).bytes(), StandardCharsets.UTF_8);
	}

	@Test
	void encodeWhenBodyIsNotUtf8ThenBinary() {
		byte[] body = { 'a', (byte) 0xff };
		Entry entry = new Entry(1, 0, new Publication(Map.of(), body));
		StompMessageEncoder encoder = new StompMessageEncoder(StompVersion.V1_2, Framing.FRAMED, "s", false, "");
		Encoded encoded = encoder.encode(this.topic, entry, Map.of());
		assertThat(encoded.binary()).isTrue();
		assertThat(encoded.bytes()[0]).isEqualTo((byte) 0x82);
		assertThat(encoded.bytes()).endsWith('a', 0xff, 0);
	}

	@Test
	void encodeWhenFramedThenTheWebSocketFrameOfTheBareOne() {
		byte[] body = new byte[70_000];
		new Random(1).nextBytes(body);
		Entry entry = new Entry(3, 5, new Publication(Map.of(), body));
		Encoded bare = new StompMessageEncoder(StompVersion.V1_2, Framing.BARE, "s", false, "").encode(this.topic,
				entry, Map.of("missed", "1-2"));
		Encoded framed = new StompMessageEncoder(StompVersion.V1_2, Framing.FRAMED, "s", false, "").encode(this.topic,
				entry, Map.of("missed", "1-2"));
		assertThat(framed.bytes()).isEqualTo(WebSocketFrames.frame(bare.bytes(), bare.binary()));
	}

	private static Entry entry(long offset, String header, String value, String body) {
		return new Entry(offset, NOW.toEpochMilli(),
				new Publication(Map.of(header, value), body.getBytes(StandardCharsets.UTF_8)));
	}

	private static Topics topics() {
		Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
		TopicProperties.Family family = new TopicProperties.Family("/topic/**", "anyone", "anyone", false,
				new TopicProperties.LogBounds(10, DataSize.ofMegabytes(1), Duration.ofMinutes(1)), 0, SlowPolicy.DROP,
				0, Duration.ZERO, 0, DataSize.ofMegabytes(1), false);
		return new Topics(new TopicPolicies(new TopicProperties(Map.of("all", family))),
				new MemoryLogs(clock, new Random(1)), clock);
	}

}
