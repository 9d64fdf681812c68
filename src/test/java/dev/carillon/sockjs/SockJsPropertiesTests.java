package dev.carillon.sockjs;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SockJsPropertiesTests {

	private static void bind(Duration delay, Duration beat, DataSize limit, String library) {
		new SockJsProperties(delay, beat, limit, library);
	}

	@Test
	void createWhenImpossibleThenNamesTheKey() {
		Duration second = Duration.ofSeconds(1);
		DataSize size = DataSize.ofKilobytes(1);
		assertThatIllegalArgumentException().isThrownBy(() -> bind(Duration.ZERO, second, size, "x.js"))
			.withMessageContaining("carillon.sockjs.disconnect-delay");
		assertThatIllegalArgumentException().isThrownBy(() -> bind(second, Duration.ofSeconds(31), size, "x.js"))
			.withMessageContaining("carillon.sockjs.heart-beat");
		assertThatIllegalArgumentException().isThrownBy(() -> bind(second, second, DataSize.ofBytes(10), "x.js"))
			.withMessageContaining("carillon.sockjs.stream-bytes-limit");
		assertThatIllegalArgumentException().isThrownBy(() -> bind(second, second, size, "x.js\"><script>"))
			.withMessageContaining("carillon.sockjs.client-library-url");
	}

}
