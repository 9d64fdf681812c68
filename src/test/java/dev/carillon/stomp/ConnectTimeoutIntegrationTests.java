package dev.carillon.stomp;

import java.io.UncheckedIOException;
import java.util.Arrays;

import dev.carillon.support.RawStomp;
import dev.carillon.support.RawWebSocket;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestConstructor;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = "carillon.limits.connect-timeout=300ms")
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class ConnectTimeoutIntegrationTests {

	private final int port;

	ConnectTimeoutIntegrationTests(@LocalServerPort int port) {
		this.port = port;
	}

	@Test
	void connectionWhenNothingComesThenClosed() {
		try (RawStomp client = RawStomp.open(this.port)) {
			assertThat(client.closed()).isEqualTo(4003);
			client.socket().readEnd();
		}
	}

	@Test
	void connectionWhenConnectNeverEndsThenClosed() {
		byte[] connect = RawStomp.frame("CONNECT", "accept-version:1.2").getBytes();
		try (RawWebSocket socket = RawWebSocket.open(this.port, "/ws")) {
			Thread slow = Thread.startVirtualThread(() -> {
				// Heart-beats and pings do not count as progress.
				try {
					while (true) {
						socket.frame(RawWebSocket.FIN | RawWebSocket.TEXT, new byte[] { '\n' });
						socket.frame(RawWebSocket.FIN | RawWebSocket.PONG, new byte[0]);
					}
				}
				catch (UncheckedIOException _) {
					// closed, as it should be
				}
			});
			assertThat(socket.readClose().closeCode()).isEqualTo(4003);
			socket.readEnd();
			slow.interrupt();
		}
		try (RawWebSocket socket = RawWebSocket.open(this.port, "/ws")) {
			socket.frame(RawWebSocket.TEXT, Arrays.copyOf(connect, 10));
			assertThat(socket.readClose().closeCode()).isEqualTo(4003);
		}
	}

}
