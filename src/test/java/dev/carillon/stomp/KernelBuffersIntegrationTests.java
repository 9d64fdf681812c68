package dev.carillon.stomp;

import java.util.List;

import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.SessionState;
import dev.carillon.support.CarillonTest;
import dev.carillon.support.RawStomp;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the kernel keeps for a client that does not read.
 */
@CarillonTest
class KernelBuffersIntegrationTests {

	private static final int BODY = 50_000;

	private final int port;

	private final Delivery delivery;

	KernelBuffersIntegrationTests(@LocalServerPort int port, Delivery delivery) {
		this.port = port;
		this.delivery = delivery;
	}

	@Test
	void writeWhenClientDoesNotReadThenKernelTakesLittleAndNothingIsLost() {
		String destination = "/topic/open.kernel-buffers";
		try (RawStomp stalled = RawStomp.guest(this.port); RawStomp other = RawStomp.guest(this.port)) {
			stalled.subscribe("1", destination);
			String body = "x".repeat(BODY);
			for (int i = 0; i < 60; i++) {
				other.published(destination, body);
			}
			// 3 MB; the system's own limit is often 4 MB.
			Awaitility.await().untilAsserted(() -> {
				SessionState state = state(stalled);
				assertThat(state.writing()).isNotNull();
				assertThat(state.bytes()).isLessThan(2_000_000);
			});
			assertThat(stalled.bodies(60)).allMatch(body::equals);
		}
	}

	private SessionState state(RawStomp client) {
		String id = client.session();
		List<SessionState> found = this.delivery.sessions((session) -> session.id().equals(id), 1).join();
		return found.getFirst();
	}

}
