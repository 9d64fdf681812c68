package dev.carillon.stomp;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class WebSocketFramesTests {

	@ParameterizedTest
	@CsvSource({ "0, 8100", "1, 8101", "125, 817d", "126, 817e007e", "127, 817e007f", "65535, 817effff",
			"65536, 817f0000000000010000", "200000, 817f0000000000030d40" })
	void frameWhenTextThenHeaderOfRfc6455AndPayload(int length, String header) {
		byte[] payload = new byte[length];
		new Random(length).nextBytes(payload);
		byte[] frame = WebSocketFrames.frame(payload, false);
		int headerLength = WebSocketFrames.headerLength(frame);
		assertThat(Arrays.copyOf(frame, headerLength)).asHexString().isEqualToIgnoringCase(header);
		assertThat(Arrays.copyOfRange(frame, headerLength, frame.length)).isEqualTo(payload);
		assertThat(WebSocketFrames.payloadLength(frame)).isEqualTo(length);
	}

	@ParameterizedTest
	@CsvSource({ "3, 8203", "300, 827e012c" })
	void frameWhenBinaryThenOpCode2(int length, String header) {
		byte[] frame = WebSocketFrames.frame(new byte[length], true);
		assertThat(Arrays.copyOf(frame, header.length() / 2)).asHexString().isEqualToIgnoringCase(header);
	}

}
