package dev.carillon.latency;

import java.util.Collections;
import java.util.concurrent.TimeUnit;

import dev.carillon.topic.Refusal;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ReportsTests {

	private final Stage stage = new Stage();

	private void refuses(String json, Refusal.Code code, String words) {
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> this.stage.report(json))
			.withMessageContaining(words)
			.satisfies((refusal) -> assertThat(refusal.code()).isEqualTo(code));
		assertThat(this.stage.timer("news").count()).isZero();
	}

	@Test
	void reportWhenTakenThenInTheHistogramOfItsFamily() {
		this.stage.report(
				"{\"delays\":[" + Stage.delay("/topic/news.a", 12.5) + "," + Stage.delay("/topic/news.b", 90) + "]}");
		Timer timer = this.stage.timer("news");
		assertThat(timer.count()).isEqualTo(2);
		assertThat(timer.totalTime(TimeUnit.MICROSECONDS)).isEqualTo(102_500);
		assertThat(timer.takeSnapshot().histogramCounts()).filteredOn((bucket) -> bucket.count() == 1)
			.extracting((bucket) -> bucket.bucket(TimeUnit.MILLISECONDS))
			.containsExactly(20.0, 50.0);
		assertThat(timer.takeSnapshot().histogramCounts()).extracting(CountAtBucket::bucket).doesNotHaveDuplicates();
	}

	@Test
	void metersWhenThereAreFamiliesThenOneForEachWithTopics() {
		assertThat(this.stage.registry.get(Latencies.NAME).timers())
			.extracting((timer) -> timer.getId().getTag("family"))
			.containsExactlyInAnyOrder("news", "staff");
	}

	@ParameterizedTest
	@ValueSource(doubles = { 0, 0.001, 600_000 })
	void reportWhenTheDelayIsPossibleThenCounts(double millis) {
		this.stage.report(1, millis);
		assertThat(this.stage.timer("news").count()).isOne();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "-1", "-0.001", "600000.001", "1e12", "1e999", "-1e999", "\"NaN\"", "\"Infinity\"", "null" })
	void reportWhenTheDelayIsImpossibleThenRefusedWithTheName(String millis) {
		refuses("{\"delays\":[" + Stage.delay("/topic/news.a", 1) + ",{\"destination\":\"/topic/news.a\",\"millis\":"
				+ millis + "}]}", Refusal.Code.BAD_VALUE, "delays[1].millis");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			nonsense                                                   | must be JSON
			{"delays":                                                 | must be JSON
			{"delays":[]} x                                            | must be
			null                                                       | must be a JSON object
			[]                                                         | must be a JSON object
			7                                                          | must be a JSON object
			{}                                                         | delays must have 1 to 50 entries
			{"delays":null}                                            | delays must have 1 to 50 entries
			{"delays":[]}                                              | delays must have 1 to 50 entries
			{"delays":7}                                               | delays has a value of the wrong kind
			{"delays":{"odd":[1]}}                                     | delays has a value of the wrong kind
			{"delays":[7]}                                             | delays[0] has a value of the wrong kind
			{"delays":[null]}                                          | delays[0].destination must be a topic
			{"delays":[{"millis":1}]}                                  | delays[0].destination must be a topic
			{"delays":[{"destination":[],"millis":1}]}                 | delays[0].destination has a value
			{"delays":[{"destination":"/queue/a","millis":1}]}         | delays[0].destination must be a topic
			{"delays":[{"destination":"/user/queue/a","millis":1}]}    | delays[0].destination must be a topic
			{"delays":[{"destination":"/app/latency","millis":1}]}     | delays[0].destination must be a topic
			{"delays":[{"destination":"/topic/news.*","millis":1}]}    | /topic/news.*
			{"delays":[{"destination":"/topic/news.a"}]}               | delays[0].millis must be 0 to 600000
			{"delays":[{"destination":"/topic/news.a","millis":"1"}]}  | delays[0].millis has a value of the wrong kind
			{"delays":[{"destination":"/topic/news.a","millis":{}}]}   | delays[0].millis has a value of the wrong kind
			{"delays":[],"secret":1}                                   | has the field delays only
			{"delays":[{"destination":"/topic/news.a","ms":1}]}        | destination and millis
			""")
	void reportWhenItIsNoneThenRefusedWithTheName(String json, String words) {
		refuses(json, Refusal.Code.BAD_VALUE, words);
	}

	@Test
	void reportWhenItHasTooManyDelaysThenRefusedWithTheLimit() {
		String one = Stage.delay("/topic/news.a", 1);
		refuses("{\"delays\":[" + String.join(",", Collections.nCopies(51, one)) + "]}", Refusal.Code.BAD_VALUE,
				"1 to 50");
		this.stage.report("{\"delays\":[" + String.join(",", Collections.nCopies(50, one)) + "]}");
		assertThat(this.stage.timer("news").count()).isEqualTo(50);
	}

	@Test
	void reportWhenItHasTooManyBytesThenRefusedWithTheLimit() {
		refuses("{\"delays\":[]" + " ".repeat(Report.MAX_BODY) + "}", Refusal.Code.TOO_LARGE, "24576");
	}

	@Test
	void reportWhenDestinationsAreAsLongAsTheyMayBeThenFits() {
		String longest = "/topic/news." + "a".repeat(243);
		this.stage.report("{\"delays\":["
				+ String.join(",", Collections.nCopies(50, Stage.delay(longest, 123_456.789_012))) + "]}");
		assertThat(this.stage.timer("news").count()).isEqualTo(50);
	}

	@Test
	void reportWhenTheSenderMayNotFollowATopicThenNothingOfItCounts() {
		refuses("{\"delays\":[" + Stage.delay("/topic/news.a", 1) + "," + Stage.delay("/topic/staff.a", 1) + "]}",
				Refusal.Code.ACCESS_DENIED, "the rule of staff is subscribe: role:STAFF");
	}

	@Test
	void reportWhenNoFamilyHasTheTopicThenRefused() {
		refuses("{\"delays\":[" + Stage.delay("/topic/other", 1) + "]}", Refusal.Code.UNKNOWN_DESTINATION,
				"/topic/other");
	}

}
