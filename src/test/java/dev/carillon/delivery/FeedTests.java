package dev.carillon.delivery;

import java.lang.ref.WeakReference;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FeedTests {

	@Test
	void runWhenTheLoopNeverRestsThenItsBytesAreForgottenWithTheSweep() {
		Stage stage = new Stage("t.pattern=/topic/{name}", "t.log.entries=2");
		Client client = stage.client();
		client.subscribe("1", "/topic/a");
		stage.publish("/topic/a", 1, 2);
		stage.loop().turn();
		WeakReference<Encoded> run = new WeakReference<>(client.sink.writes().getLast().getFirst());
		client.sink.forget();
		Feed feed = new Feed(stage.topic("/topic/busy"), stage.loop());
		stage.loop().post(feed);
		stage.clock.advance(Duration.ofMillis(200));
		assertThat(stage.loop().turn()).as("there was something to do").isPositive();
		Awaitility.await().untilAsserted(() -> {
			System.gc();
			assertThat(run.get()).isNull();
		});
	}

}
