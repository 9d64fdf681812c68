package dev.carillon.stocks;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;

import dev.carillon.topic.Destination;
import dev.carillon.topic.Position;
import dev.carillon.topic.Publication;
import dev.carillon.topic.Refusal;
import dev.carillon.topic.Topics;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The price alerts of all users. Each is told once, to the user's {@code /queue/alerts},
 * with the first quote at its price or beyond.
 * <p>
 * Any thread; a quote that crosses nothing costs a look at two numbers. They are kept in
 * memory. An alert whose message could not be published goes on waiting.
 */
final class Alerts {

	private final Topics topics;

	private final Quotes quotes;

	private final StocksProperties.Alerts bounds;

	private final JsonMapper mapper;

	private final Map<String, Map<String, Alert>> byUser = new HashMap<>();

	private final Map<Symbol, Levels> bySymbol = new HashMap<>();

	private final LongAdder unpublished = new LongAdder();

	private int total;

	private long lastId;

	/**
	 * An alert and whose it is.
	 */
	private record Owned(String user, Alert alert) {
	}

	/**
	 * The alerts of one symbol, ordered by price.
	 */
	private static final class Levels {

		private final NavigableMap<BigDecimal, List<Owned>> above = new TreeMap<>();

		private final NavigableMap<BigDecimal, List<Owned>> below = new TreeMap<>();

		private NavigableMap<BigDecimal, List<Owned>> side(Alert.Direction direction) {
			return switch (direction) {
				case ABOVE -> this.above;
				case BELOW -> this.below;
			};
		}

		private void add(Owned owned) {
			side(owned.alert().direction()).computeIfAbsent(owned.alert().price(), (_) -> new ArrayList<>()).add(owned);
		}

		private void remove(Owned owned) {
			side(owned.alert().direction()).computeIfPresent(owned.alert().price(), (_, all) -> {
				all.remove(owned);
				return all.isEmpty() ? null : all;
			});
		}

		private boolean isEmpty() {
			return this.above.isEmpty() && this.below.isEmpty();
		}

		private List<Owned> crossedBy(BigDecimal price) {
			List<Owned> crossed = new ArrayList<>();
			this.above.headMap(price, true).values().forEach(crossed::addAll);
			this.below.tailMap(price, true).values().forEach(crossed::addAll);
			return crossed;
		}

	}

	Alerts(Topics topics, Quotes quotes, StocksProperties.Alerts bounds, JsonMapper mapper) {
		this.topics = topics;
		this.quotes = quotes;
		this.bounds = bounds;
		this.mapper = mapper;
	}

	/**
	 * Adds an alert, unless the user has the same one already, and tells its user.
	 * @throws Refusal if a value is impossible, the price is crossed already as far as
	 * that is known, or the user or all users together have as many alerts as they may
	 */
	void add(String user, @Nullable String symbol, @Nullable String direction, @Nullable String price) {
		Alert wanted = new Alert("", Symbol.of(symbol), Alert.Direction.of(direction), price(price));
		tell(user, AlertEvent.Kind.ADDED, add(user, wanted), null);
	}

	private synchronized Alert add(String user, Alert wanted) {
		Quote last = this.quotes.last(wanted.symbol());
		if (last != null && !last.stale() && wanted.isCrossedBy(last.price())) {
			throw new Refusal(Refusal.Code.CONFLICT, "price must be %s the price of %s, which is %s now"
				.formatted(wanted.direction().text(), wanted.symbol(), last.price().toPlainString()));
		}
		List<Alert> mine = of(user);
		for (Alert alert : mine) {
			if (alert.isSameAs(wanted)) {
				return alert;
			}
		}
		if (mine.size() >= this.bounds.perUser()) {
			throw new Refusal(Refusal.Code.LIMIT_REACHED,
					"alerts: each user may have " + this.bounds.perUser() + " waiting");
		}
		if (this.total >= this.bounds.total()) {
			throw new Refusal(Refusal.Code.LIMIT_REACHED,
					"alerts: all users together may have " + this.bounds.total() + " waiting");
		}
		Alert alert = new Alert(Long.toString(++this.lastId), wanted.symbol(), wanted.direction(), wanted.price());
		put(new Owned(user, alert));
		return alert;
	}

	private static BigDecimal price(@Nullable String text) {
		try {
			return Trade.price("price", new BigDecimal((text != null && text.length() <= 40) ? text.strip() : ""));
		}
		catch (NumberFormatException _) {
			throw new Refusal(Refusal.Code.BAD_VALUE, "price must be a number");
		}
		catch (IllegalArgumentException ex) {
			throw new Refusal(Refusal.Code.BAD_VALUE, String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * Takes an alert back and tells its user.
	 * @throws Refusal if there is no id, or the user has none with it
	 */
	void remove(String user, @Nullable String id) {
		tell(user, AlertEvent.Kind.REMOVED, take(user, id), null);
	}

	private synchronized Alert take(String user, @Nullable String id) {
		if (id == null) {
			throw new Refusal(Refusal.Code.BAD_VALUE, "id must be given");
		}
		Alert alert = this.byUser.getOrDefault(user, Map.of()).get(id);
		if (alert == null) {
			throw new Refusal(Refusal.Code.NOT_FOUND, "id names no alert of yours");
		}
		drop(new Owned(user, alert));
		return alert;
	}

	/**
	 * The alerts of a user that are waiting, in the order in which they were added.
	 */
	synchronized List<Alert> of(String user) {
		return List.copyOf(this.byUser.getOrDefault(user, Map.of()).values());
	}

	/**
	 * Tells those who waited for the price of a quote.
	 */
	void check(Quote quote) {
		for (Owned owned : takeCrossed(quote)) {
			tell(owned.user(), AlertEvent.Kind.CROSSED, owned.alert(), quote).whenComplete((_, failure) -> {
				if (failure != null) {
					restore(owned);
				}
			});
		}
	}

	private synchronized List<Owned> takeCrossed(Quote quote) {
		Levels levels = this.bySymbol.get(quote.symbol());
		if (levels == null) {
			return List.of();
		}
		List<Owned> crossed = levels.crossedBy(quote.price());
		crossed.forEach(this::drop);
		return crossed;
	}

	private synchronized void restore(Owned owned) {
		put(owned);
	}

	private void put(Owned owned) {
		this.byUser.computeIfAbsent(owned.user(), (_) -> new LinkedHashMap<>()).put(owned.alert().id(), owned.alert());
		this.bySymbol.computeIfAbsent(owned.alert().symbol(), (_) -> new Levels()).add(owned);
		this.total++;
	}

	private void drop(Owned owned) {
		this.byUser.computeIfPresent(owned.user(), (_, alerts) -> {
			alerts.remove(owned.alert().id());
			return alerts.isEmpty() ? null : alerts;
		});
		this.bySymbol.computeIfPresent(owned.alert().symbol(), (_, levels) -> {
			levels.remove(owned);
			return levels.isEmpty() ? null : levels;
		});
		this.total--;
	}

	private CompletionStage<Position> tell(String user, AlertEvent.Kind kind, Alert alert, @Nullable Quote quote) {
		return this.topics
			.publish(Destination.forUser(user, "/queue/alerts"),
					Publication.json(this.mapper.writeValueAsString(new AlertEvent(kind, alert, quote))))
			.whenComplete((_, failure) -> {
				if (failure != null) {
					this.unpublished.increment();
				}
			});
	}

	/** How many messages could not be published. */
	long unpublished() {
		return this.unpublished.sum();
	}

	/** Whether somebody waits for a price of a symbol. */
	synchronized boolean areWaitingFor(Symbol symbol) {
		return this.bySymbol.containsKey(symbol);
	}

	/**
	 * How many alerts are waiting.
	 */
	synchronized int total() {
		return this.total;
	}

}
