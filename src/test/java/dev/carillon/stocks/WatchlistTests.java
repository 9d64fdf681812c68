package dev.carillon.stocks;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import dev.carillon.support.FakeClock;
import dev.carillon.topic.DestinationPattern;
import dev.carillon.topic.Topic;
import dev.carillon.topic.Topics;
import org.junit.jupiter.api.Test;

import static dev.carillon.stocks.Exchange.AAPL;
import static dev.carillon.stocks.Exchange.MSFT;
import static org.assertj.core.api.Assertions.assertThat;

class WatchlistTests {

	private static final Symbol IBM = new Symbol("IBM");

	private final FakeClock clock = new FakeClock("2026-01-05T15:00:00Z");

	private final Topics topics = Exchange.topics(this.clock);

	private final Alerts alerts = new Alerts(this.topics,
			new Quotes(this.topics, Exchange.defaults(), Set.of(AAPL, MSFT, IBM), this.clock),
			Exchange.defaults().alerts(), Exchange.JSON);

	private final Watchlist watchlist = watchlist();

	private final Runnable follower = () -> {
	};

	private Watchlist watchlist(Symbol... always) {
		return new Watchlist(this.topics, this.alerts::areWaitingFor, List.of(AAPL, MSFT, IBM), List.of(always),
				Duration.ofMinutes(1), this.clock);
	}

	@Test
	void lookWhenNobodyFollowsThenOnlyWhatIsAlwaysWanted() {
		this.topics.open(AAPL.destination());
		assertThat(this.watchlist.look()).isEmpty();
		assertThat(watchlist(IBM).look()).containsExactly(IBM);
	}

	@Test
	void lookWhenAFollowerLeavesThenTheSymbolLingers() {
		Topic topic = this.topics.open(AAPL.destination());
		topic.addListener(this.follower);
		assertThat(this.watchlist.look()).containsExactly(AAPL);
		assertThat(this.watchlist.isWanted(AAPL)).isTrue();
		assertThat(this.watchlist.isWanted(MSFT)).isFalse();
		this.clock.advance(Duration.ofHours(1));
		this.watchlist.look();
		topic.removeListener(this.follower, this.clock.millis());
		this.clock.advance(Duration.ofSeconds(59));
		assertThat(this.watchlist.look()).containsExactly(AAPL);
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(this.watchlist.look()).isEmpty();
		assertThat(this.watchlist.isWanted(AAPL)).isFalse();
	}

	@Test
	void lookWhenAFollowerComesAndGoesThenNothingChanges() {
		Topic topic = this.topics.open(AAPL.destination());
		for (int i = 0; i < 10; i++) {
			topic.addListener(this.follower);
			assertThat(this.watchlist.look()).containsExactly(AAPL);
			topic.removeListener(this.follower, this.clock.millis());
			this.clock.advance(Duration.ofSeconds(30));
			assertThat(this.watchlist.look()).containsExactly(AAPL);
		}
	}

	@Test
	void lookWhenAPatternIsFollowedThenAllItReaches() {
		DestinationPattern pattern = DestinationPattern.of("/topic/stocks.*");
		this.topics.followers().follow(pattern);
		assertThat(this.watchlist.look()).containsExactlyInAnyOrder(AAPL, MSFT, IBM);
		this.topics.followers().leave(pattern);
		this.clock.advance(Duration.ofMinutes(1));
		assertThat(this.watchlist.look()).isEmpty();
	}

	@Test
	void lookWhenAnAlertWaitsThenItsSymbolUntilItIsTold() {
		this.alerts.add("ann", "MSFT", "above", "440");
		this.clock.advance(Duration.ofDays(1));
		assertThat(this.watchlist.look()).containsExactly(MSFT);
		this.alerts.remove("ann", "1");
		this.clock.advance(Duration.ofMinutes(1));
		assertThat(this.watchlist.look()).isEmpty();
	}

	@Test
	void touchWhenItMayBeAskedForThenWantedForAWhile() {
		this.watchlist.touch(IBM);
		this.watchlist.touch(new Symbol("NONE"));
		assertThat(this.watchlist.look()).containsExactly(IBM);
		this.clock.advance(Duration.ofMinutes(1));
		assertThat(this.watchlist.look()).isEmpty();
	}

	@Test
	void isWantedWhenTheSourceBringsEverythingThenAlways() {
		Watchlist everything = new Watchlist(this.topics, this.alerts::areWaitingFor, List.of(), List.of(),
				Duration.ofMinutes(1), this.clock);
		assertThat(everything.look()).isEmpty();
		assertThat(everything.isWanted(AAPL)).isTrue();
	}

}
