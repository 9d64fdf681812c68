package dev.carillon.stomp;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class FrameWriterTests {

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 7, 64, 1000 })
	void toBytesWhenExpectedSizeIsWrongThenTheSameFrame(int expected) {
		byte[] frame = new FrameWriter(StompVersion.V1_2, expected).line("MESSAGE")
			.header("destination", "/topic/\u00e9.\ud83d\ude00")
			.header("na:me", "li\nne")
			.header("content-length", 3)
			.body(new byte[] { 0, 'a', (byte) 0xff })
			.toBytes();
		assertThat(new String(frame, StandardCharsets.ISO_8859_1)).isEqualTo(
				new String("MESSAGE\ndestination:/topic/\u00e9.\ud83d\ude00\nna\\cme:li\\nne\ncontent-length:3\n\n"
					.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1) + "\0a\u00ff\0");
	}

	@Test
	void plainHeaderWhenVersionEscapesThenNotEscaped() {
		byte[] frame = new FrameWriter(StompVersion.V1_2, 16).plainHeader("user-name", "a:b\\c\nd").toBytes();
		assertThat(frame).asString(StandardCharsets.UTF_8).isEqualTo("user-name:a:b\\cd\n");
	}

	@Test
	void headerWhenDecodedThenTheSame() {
		String value = "a:b\\c\nd\re \u20ac";
		byte[] frame = new FrameWriter(StompVersion.V1_2, 16).line("SEND")
			.header("h", value)
			.body(new byte[0])
			.toBytes();
		FrameDecoder decoder = new FrameDecoder(new FrameDecoder.Limits(1000, 1000, 10));
		decoder.setVersion(StompVersion.V1_2);
		decoder.decode(frame, (read) -> assertThat(read.header("h")).isEqualTo(value));
	}

}
