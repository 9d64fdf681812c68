package dev.carillon.delivery;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class HistogramTests {

	@ParameterizedTest
	@CsvSource({ "0,0", "1,0", "4,0", "5,1", "8,1", "9,2", "16,2", "17,3", "9000000000000000000,3" })
	void addWhenWithinABoundThenInItsBucket(long value, int bucket) {
		Histogram histogram = new Histogram(2, 3);
		histogram.add(value, 1);
		for (int i = 0; i < histogram.size(); i++) {
			assertThat(histogram.count(i)).isEqualTo((i == bucket) ? 1 : 0);
			assertThat(value <= histogram.bound(i)).isEqualTo(i >= bucket);
		}
	}

	@Test
	void addWhenSeveralTimesThenAllCount() {
		Histogram histogram = new Histogram(0, 2);
		histogram.add(3, 5);
		histogram.add(1, 2);
		assertThat(histogram.count(2)).isEqualTo(5);
		assertThat(histogram.count(0)).isEqualTo(2);
		assertThat(histogram.sum()).isEqualTo(17);
	}

}
