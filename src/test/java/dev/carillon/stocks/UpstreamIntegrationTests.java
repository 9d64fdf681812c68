package dev.carillon.stocks;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.carillon.support.FakeClock;
import dev.carillon.topic.Topics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
class UpstreamIntegrationTests {

	private final FakeClock clock = new FakeClock("2026-01-05T15:00:00Z");

	private final List<Trade> trades = new CopyOnWriteArrayList<>();

	private FeedServer server;

	private Upstream upstream;

	@BeforeEach
	void startServer() throws IOException {
		this.server = new FeedServer();
	}

	@AfterEach
	void stop() throws IOException {
		if (this.upstream != null) {
			this.upstream.close();
		}
		this.server.close();
	}

	private void follow(URI url, String idleTimeout, String... symbols) {
		follow(url, idleTimeout, this.clock, symbols);
	}

	private void follow(URI url, String idleTimeout, Clock clock, String... symbols) {
		StocksProperties properties = Exchange.binding()
			.with("upstream.url", url.toString())
			.with("upstream.token", "hush-hush&?")
			.with("upstream.idle-timeout", idleTimeout)
			.with("upstream.min-backoff", "5ms")
			.with("upstream.max-backoff", "20ms")
			.with("upstream.message-size", "64KB")
			.bind();
		this.upstream = new Upstream(url, properties.upstream(), new TradeMessages(List.of(symbols)), clock,
				new SplittableRandom(1));
		this.upstream.want(Arrays.stream(symbols).map(Symbol::of).collect(Collectors.toSet()));
		this.upstream.start(this.trades::add);
	}

	private FeedServer.Client client(int number) {
		await().until(() -> this.server.clients().size() >= number);
		return this.server.clients().get(number - 1);
	}

	private static String message(String symbol, String price) {
		return "{\"type\":\"trade\",\"data\":[{\"s\":\"%s\",\"p\":%s,\"t\":1700000000000,\"v\":10}]}".formatted(symbol,
				price);
	}

	private void awaitPrices(String... prices) {
		await().untilAsserted(() -> assertThat(this.trades).extracting((trade) -> trade.price().toPlainString())
			.containsExactly(prices));
	}

	@Test
	void startWhenServerAcceptsThenAsksForWatchedSymbolsOnlyAndTakesTrades() {
		follow(this.server.url("/feed?plan=free"), "30s", "AAPL", "BRK.B");
		FeedServer.Client client = client(1);
		await().until(() -> client.received(FeedServer.TEXT).size() == 2);
		assertThat(client.received(FeedServer.TEXT)).containsExactly("{\"type\":\"subscribe\",\"symbol\":\"AAPL\"}",
				"{\"type\":\"subscribe\",\"symbol\":\"BRK.B\"}");
		assertThat(client.requestLine()).startsWith("GET /feed?plan=free&token=hush-hush%26%3F HTTP/1.1");
		client.text(message("AAPL", "178.2"));
		client.text(message("IBM", "1"));
		client.text(message("BRK.B", "470"));
		awaitPrices("178.20", "470.00");
		assertThat(this.trades.getFirst())
			.isEqualTo(Trade.of(Exchange.AAPL, new BigDecimal("178.2"), BigDecimal.TEN, 1_700_000_000_000L));
		await().until(() -> this.upstream.state().status() == FeedState.Status.LIVE);
		assertThat(this.upstream.state().reconnects()).isZero();
	}

	@Test
	void wantWhenItChangesThenTheFeedIsToldTheDifference() {
		follow(this.server.url("/"), "30s", "AAPL", "BRK.B", "MSFT");
		FeedServer.Client client = client(1);
		await().until(() -> client.received(FeedServer.TEXT).size() == 3);
		this.upstream.want(Set.of(Exchange.AAPL, Exchange.MSFT));
		this.upstream.want(Set.of(Exchange.AAPL, Exchange.MSFT));
		await().until(() -> client.received(FeedServer.TEXT).size() == 4);
		this.upstream.want(Set.of(new Symbol("BRK-B"), Exchange.MSFT));
		await().until(() -> client.asked().equals(List.of("BRK.B", "MSFT")));
		assertThat(client.received(FeedServer.TEXT).subList(3, 6)).containsExactly(
				"{\"type\":\"unsubscribe\",\"symbol\":\"BRK.B\"}", "{\"type\":\"unsubscribe\",\"symbol\":\"AAPL\"}",
				"{\"type\":\"subscribe\",\"symbol\":\"BRK.B\"}");
		this.upstream.want(Set.of());
		await().until(() -> client.asked().isEmpty());
		assertThat(client.received(FeedServer.TEXT)).hasSize(8);
	}

	@Test
	void wantWhenItChangesDuringAnOutageThenTheNextConnectionIsAskedForWhatIsWantedThen() {
		follow(this.server.url("/"), "30s", "AAPL", "MSFT");
		await().until(() -> client(1).received(FeedServer.TEXT).size() == 2);
		this.server.refuse("HTTP/1.1 503 Service Unavailable");
		client(1).cut();
		await().until(() -> this.upstream.state().reconnects() > 1);
		this.upstream.want(Set.of(Exchange.MSFT));
		this.server.refuse("");
		await().until(() -> client(2).received(FeedServer.TEXT).size() == 1);
		assertThat(client(2).asked()).containsExactly("MSFT");
	}

	@Test
	void wantWhenItIsManyThenAllAreAskedForOneAfterTheOther() {
		String[] symbols = IntStream.range(0, 2_000).mapToObj("S%04d"::formatted).toArray(String[]::new);
		follow(this.server.url("/"), "30s", symbols);
		await().until(() -> client(1).asked().equals(List.of(symbols)));
		this.upstream.want(Set.of());
		this.upstream.want(Set.of(new Symbol("S0007")));
		await().until(() -> client(1).asked().equals(List.of("S0007")));
	}

	@Test
	void onPingWhenServerPingsThenAnsweredWithTheSameBytes() {
		follow(this.server.url("/"), "30s", "AAPL");
		FeedServer.Client client = client(1);
		client.frame(FeedServer.FINAL | FeedServer.PING, "are you there".getBytes(StandardCharsets.UTF_8));
		await().until(() -> client.received(FeedServer.PONG).equals(List.of("are you there")));
	}

	@Test
	void onTextWhenMessageComesInFragmentsWithAPingBetweenThenPutTogether() {
		follow(this.server.url("/"), "30s", "AAPL");
		FeedServer.Client client = client(1);
		byte[] message = message("AAPL", "178.2").replace("\"v\":10", "\"v\":10,\"x\":\"€\"")
			.getBytes(StandardCharsets.UTF_8);
		int inTheEuro = new String(message, StandardCharsets.ISO_8859_1).indexOf('\u00e2') + 1;
		client.frame(FeedServer.TEXT, Arrays.copyOfRange(message, 0, 7));
		client.frame(FeedServer.FINAL | FeedServer.PING, new byte[0]);
		client.frame(FeedServer.CONTINUATION, Arrays.copyOfRange(message, 7, inTheEuro));
		client.frame(FeedServer.FINAL | FeedServer.CONTINUATION,
				Arrays.copyOfRange(message, inTheEuro, message.length));
		awaitPrices("178.20");
		assertThat(this.upstream.state().garbled()).isZero();
	}

	@Test
	void onTextWhenMessageIsLongThenTakenWhole() {
		follow(this.server.url("/"), "30s", "AAPL");
		String element = "{\"s\":\"AAPL\",\"p\":1.5,\"t\":1700000000000,\"v\":1},";
		String data = element.repeat(1_000);
		client(1).text("{\"type\":\"trade\",\"data\":[" + data.substring(0, data.length() - 1) + "]}");
		await().until(() -> this.trades.size() == 1_000);
	}

	@Test
	void onTextWhenInputIsGarbledThenCountedAndTheConnectionGoesOn() {
		follow(this.server.url("/"), "30s", "AAPL");
		FeedServer.Client client = client(1);
		client.text("no json");
		client.text("{\"type\":\"trade\",\"data\":[{\"s\":\"AAPL\",\"p\":-1,\"t\":1700000000000,\"v\":10}]}");
		client.frame(FeedServer.FINAL | FeedServer.BINARY, new byte[] { 1, 2, 3 });
		client.text("");
		client.text(message("AAPL", "2"));
		awaitPrices("2.00");
		assertThat(this.upstream.state().garbled()).isEqualTo(4);
		assertThat(this.server.clients()).hasSize(1);
	}

	@Test
	void onErrorWhenServerBreaksTheProtocolThenConnectsAgain() {
		follow(this.server.url("/"), "30s", "AAPL");
		client(1).raw(new byte[] { (byte) 0xFF, 0x7F, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 });
		client(2).frame(FeedServer.FINAL | FeedServer.TEXT, new byte[] { (byte) 0xC3, (byte) 0x28 }); // not
																										// UTF-8
		client(3).text(message("AAPL", "3"));
		awaitPrices("3.00");
		assertThat(this.upstream.state().reconnects()).isEqualTo(2);
	}

	@Test
	void onErrorWhenConnectionIsCutThenConnectsAgainAndSubscribesAgain() {
		follow(this.server.url("/"), "30s", "AAPL");
		client(1).text(message("AAPL", "1"));
		awaitPrices("1.00");
		client(1).cut();
		FeedServer.Client second = client(2);
		await().until(() -> second.received(FeedServer.TEXT).size() == 1);
		second.text(message("AAPL", "2"));
		awaitPrices("1.00", "2.00");
		assertThat(this.upstream.state().reconnects()).isOne();
	}

	@Test
	void onCloseWhenServerClosesThenConnectsAgain() {
		follow(this.server.url("/"), "30s", "AAPL");
		client(1).frame(FeedServer.FINAL | FeedServer.CLOSE, new byte[] { 0x03, (byte) 0xE9 });
		client(2).text(message("AAPL", "2"));
		awaitPrices("2.00");
	}

	@Test
	void watchWhenServerIsSilentThenConnectsAgain() {
		this.server.fallSilent();
		follow(this.server.url("/"), "150ms", "AAPL");
		await().until(() -> client(1).received(FeedServer.PING).size() > 3);
		assertThat(client(1).isGone()).isFalse();
		this.clock.advance(Duration.ofMillis(150));
		await().until(client(1)::isGone);
		client(2).text(message("AAPL", "2"));
		awaitPrices("2.00");
	}

	@Test
	void watchWhenServerAnswersPingsThenConnectionStays() {
		follow(this.server.url("/"), "3s", Clock.systemUTC(), "AAPL");
		FeedServer.Client client = client(1);
		await().until(() -> client.received(FeedServer.PING).size() > 3); // one a second
		assertThat(this.server.clients()).hasSize(1);
		assertThat(this.upstream.state().reconnects()).isZero();
	}

	@Test
	void onTextWhenMessageIsTooLargeThenConnectionIsGivenUp() {
		follow(this.server.url("/"), "30s", "AAPL");
		client(1).frame(FeedServer.TEXT, "x".repeat(60_000).getBytes(StandardCharsets.UTF_8));
		client(1).frame(FeedServer.CONTINUATION, "x".repeat(60_000).getBytes(StandardCharsets.UTF_8));
		client(2).text(message("AAPL", "2"));
		awaitPrices("2.00");
		assertThat(this.upstream.state().garbled()).isOne();
	}

	@Test
	void takeWhenFeedIsGoneThenQuotesGoStaleAndComeBackFresh() {
		Topics topics = Exchange.topics(this.clock);
		Quotes quotes = new Quotes(topics, Exchange.defaults(), Set.of(Exchange.AAPL), this.clock);
		follow(this.server.url("/"), "30s", "AAPL");
		client(1).text(message("AAPL", "1"));
		awaitPrices("1.00");
		quotes.take(this.trades.getFirst());
		client(1).cut();
		this.clock.advance(Duration.ofSeconds(15));
		quotes.sweep();
		client(2).text(message("AAPL", "2"));
		awaitPrices("1.00", "2.00");
		quotes.take(this.trades.getLast());
		assertThat(Exchange.bodies(topics, "/topic/stocks.AAPL"))
			.extracting((quote) -> quote.get("price").decimalValue().intValue() + " " + quote.get("stale"))
			.containsExactly("1 false", "1 true", "2 false");
	}

	@Test
	void connectWhenServerRefusesThenTriesUntilItAcceptsAndNeverLogsTheToken(CapturedOutput output) {
		this.server.refuse("HTTP/1.1 401 Unauthorized");
		follow(this.server.url("/feed"), "30s", "AAPL");
		await().until(() -> this.upstream.state().reconnects() > 2);
		assertThat(this.upstream.state().status()).isEqualTo(FeedState.Status.CONNECTING);
		this.server.refuse("");
		client(1).text(message("AAPL", "2"));
		awaitPrices("2.00");
		await().until(() -> output.getAll().contains("Connected to the upstream feed at ws://127.0.0.1"));
		assertThat(output).containsOnlyOnce("is gone: it answered with the status 401").doesNotContain("hush");
	}

	@Test
	void connectWhenNobodyListensThenTriesUntilSomebodyDoes() throws IOException {
		int port = this.server.port();
		this.server.close();
		follow(URI.create("ws://127.0.0.1:" + port + "/"), "30s", "AAPL");
		await().until(() -> this.upstream.state().reconnects() > 2);
		this.server = new FeedServer(port);
		client(1).text(message("AAPL", "2"));
		awaitPrices("2.00");
	}

	@Test
	void closeWhenConnectedThenSaysGoodbyeAndStaysAway() {
		follow(this.server.url("/"), "30s", "AAPL");
		FeedServer.Client client = client(1);
		await().until(() -> this.upstream.state().status() == FeedState.Status.LIVE);
		this.upstream.close();
		await().until(client::isGone);
		assertThat(client.received(FeedServer.CLOSE)).hasSize(1);
		assertThat(this.upstream.state().status()).isEqualTo(FeedState.Status.IDLE);
		assertThat(this.server.clients()).hasSize(1);
	}

}
