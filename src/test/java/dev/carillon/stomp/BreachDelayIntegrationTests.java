package dev.carillon.stomp;

import dev.carillon.support.RawStomp;
import dev.carillon.support.RawWebSocket;
import dev.carillon.support.http.Service;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who breaks the protocol waits for the ERROR, and does not come back before it.
 */
class BreachDelayIntegrationTests {

	private static Service service;

	@BeforeAll
	static void start() {
		service = Service.demo("spring.datasource.url=jdbc:h2:mem:breach-delay;DB_CLOSE_DELAY=-1",
				"carillon.stocks.simulator.rate=0.001", "carillon.scores.simulator.enabled=false",
				"carillon.stomp.breach-delay=3s");
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	@Test
	void frameWhenBrokenThenWhatComesMeanwhileIsBeforeTheError() {
		try (RawStomp breaking = RawStomp.guest(service.port()); RawStomp other = RawStomp.guest(service.port())) {
			breaking.subscribe("1", "/topic/open.breach");
			breaking.socket().text("RING\n\n\0");
			breaking.publish("/topic/open.breach", "not read any more");
			other.published("/topic/open.breach", "meanwhile");
			assertThat(breaking.message().text()).isEqualTo("meanwhile");
			assertThat(breaking.error().header("code")).isEqualTo("bad-frame");
			assertThat(breaking.closed()).isEqualTo(4006);
		}
	}

	@Test
	void messageOfSockJsWhenNoJsonThenClosedByTheCode() {
		try (RawWebSocket breaking = RawWebSocket.open(service.port(), "/sockjs/0/breach1/websocket")) {
			assertThat(breaking.readMessage().text()).isEqualTo("o");
			breaking.text("[nonsense");
			breaking.text("[\"x\"]");
			assertThat(breaking.readMessage().text()).startsWith("c[1007,");
			assertThat(breaking.readClose().closeCode()).isEqualTo(1000);
		}
	}

}
