package dev.carillon.stomp;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

import dev.carillon.delivery.CloseCode;
import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.DeliveryProperties;
import dev.carillon.security.LimitsProperties;
import dev.carillon.security.Refusals;
import dev.carillon.support.FakeClock;
import dev.carillon.support.Policies;
import dev.carillon.support.RecordingSink;
import dev.carillon.topic.MemoryLogs;
import dev.carillon.topic.Topics;
import dev.carillon.topic.Tracing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.messaging.support.ExecutorSubscribableChannel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class StompGatewayTests {

	private final FakeClock clock = new FakeClock();

	private final Topics topics = new Topics(Policies.of(), new MemoryLogs(this.clock, new Random(1)), this.clock);

	private final Delivery delivery = new Delivery(this.topics,
			bind("delivery", DeliveryProperties.class, Map.of("carillon.delivery.loops", "1")), this.clock,
			new Random(2));

	private static <T> T bind(String name, Class<T> type, Map<String, String> values) {
		return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("carillon." + name, type);
	}

	private RecordingSink open(String connectTimeout) {
		LimitsProperties limits = bind("limits", LimitsProperties.class,
				Map.of("carillon.limits.connect-timeout", connectTimeout));
		StompGateway gateway = new StompGateway(this.delivery, new ExecutorSubscribableChannel(), null, null,
				new InboundFrames(), new Refusals(), Tracing.NONE, limits,
				bind("stomp", StompProperties.class, Map.of()), (_) -> {
				});
		this.delivery.addListener(gateway);
		RecordingSink sink = new RecordingSink();
		gateway.open(new SinkConnector(sink, "test"), new ConcurrentHashMap<>(), null);
		return sink;
	}

	@BeforeEach
	void start() {
		this.delivery.start();
	}

	@AfterEach
	void stop() {
		this.delivery.close();
	}

	@Test
	void openWhenConnectTimeoutIsLiftedThenTheClientMayTakeItsTime() {
		RecordingSink patient = open("0");
		RecordingSink strict = open("10s");
		this.clock.advance(Duration.ofSeconds(11));
		await().until(() -> strict.closed() == CloseCode.CONNECT_TIMEOUT);
		assertThat(strict.lines()).contains("ERROR")
			.anyMatch((line) -> line.contains("carillon.limits.connect-timeout"));
		// Closed in a later round, so that the first one is over.
		RecordingSink later = open("1s");
		this.clock.advance(Duration.ofSeconds(2));
		await().until(() -> later.closed() == CloseCode.CONNECT_TIMEOUT);
		assertThat(patient.isOver()).isFalse();
	}

}
