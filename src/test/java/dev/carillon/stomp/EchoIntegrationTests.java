package dev.carillon.stomp;

import java.util.Locale;
import java.util.Random;

import dev.carillon.support.CarillonTest;
import dev.carillon.support.RawWebSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

@CarillonTest
class EchoIntegrationTests {

	private final int port;

	EchoIntegrationTests(@LocalServerPort int port) {
		this.port = port;
	}

	/** Opens a connection and reads the greeting. */
	private RawWebSocket open() {
		RawWebSocket socket = RawWebSocket.open(this.port, "/echo");
		RawWebSocket.Frame greeting = socket.read();
		assertThat(greeting.opCode()).isEqualTo(RawWebSocket.TEXT);
		assertThat(greeting.text()).contains("echo");
		return socket;
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 125, 126, 65_535, 65_536, 128 * 1024 })
	void messageWhenTextOrBinaryThenEchoed(int length) {
		try (RawWebSocket socket = open()) {
			String text = "\u00e9".repeat(length / 2) + "x".repeat(length % 2);
			socket.text(text);
			assertThat(readMessage(socket)).isEqualTo(text);
			byte[] bytes = new byte[length];
			new Random(length).nextBytes(bytes);
			socket.frame(RawWebSocket.FIN | RawWebSocket.BINARY, bytes);
			RawWebSocket.Frame echo = socket.readMessage();
			assertThat(echo.opCode()).isEqualTo(RawWebSocket.BINARY);
			assertThat(echo.payload()).isEqualTo(bytes);
		}
	}

	@Test
	void messageWhenFragmentedThenEchoedWhole() {
		try (RawWebSocket socket = open()) {
			socket.frame(RawWebSocket.TEXT, new byte[] { 'a', (byte) 0xE2 });
			socket.frame(RawWebSocket.FIN | RawWebSocket.PING, new byte[] { 1 });
			assertThat(socket.read().opCode()).isEqualTo(RawWebSocket.PONG);
			socket.frame(RawWebSocket.CONTINUATION, new byte[] { (byte) 0x82 });
			socket.frame(RawWebSocket.FIN | RawWebSocket.CONTINUATION, new byte[] { (byte) 0xAC, 'b' });
			assertThat(readMessage(socket)).isEqualTo("a\u20acb");
		}
	}

	@Test
	void pingWhenSentThenPong() {
		try (RawWebSocket socket = open()) {
			socket.frame(RawWebSocket.FIN | RawWebSocket.PING, new byte[] { 1, 2, 3 });
			RawWebSocket.Frame pong = socket.read();
			assertThat(pong.opCode()).isEqualTo(RawWebSocket.PONG);
			assertThat(pong.payload()).containsExactly(1, 2, 3);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1000, 1001, 3333, 4321 })
	void closeWhenCodeIsAllowedThenEchoed(int code) {
		try (RawWebSocket socket = open()) {
			socket.close(code, "done");
			assertThat(socket.readClose().closeCode()).isEqualTo(code);
			socket.readEnd();
		}
	}

	@Test
	void messageWhenTooLargeThenTooBig() {
		try (RawWebSocket socket = open()) {
			socket.frame(RawWebSocket.FIN | RawWebSocket.BINARY, new byte[128 * 1024 + 1]);
			assertThat(socket.readClose().closeCode()).isEqualTo(1009);
		}
	}

	@Test
	void textWhenNotUtf8ThenInvalidPayload() {
		try (RawWebSocket socket = open()) {
			socket.frame(RawWebSocket.FIN | RawWebSocket.TEXT, new byte[] { (byte) 0xC3, 0x28 });
			assertThat(socket.readClose().closeCode()).isEqualTo(1007);
		}
	}

	@Test
	void handshakeWhenAskedForThenHeadOfTheRequest() {
		try (RawWebSocket socket = open()) {
			socket.text("handshake");
			assertThat(readMessage(socket)).contains("\"line\":\"GET /echo HTTP/1.1\"", "Sec-WebSocket-Key")
				.contains("\"others\":0");
		}
	}

	@Test
	void handshakeWhenExtensionsAreOfferedThenNoneAccepted() {
		try (RawWebSocket socket = RawWebSocket.open(this.port, "/echo",
				"Sec-WebSocket-Extensions: permessage-deflate")) {
			assertThat(socket.response()).isNotEmpty()
				.noneMatch((line) -> line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-extensions"));
		}
	}

	private static String readMessage(RawWebSocket socket) {
		RawWebSocket.Frame echo = socket.readMessage();
		assertThat(echo.opCode()).isEqualTo(RawWebSocket.TEXT);
		return echo.text();
	}

}
