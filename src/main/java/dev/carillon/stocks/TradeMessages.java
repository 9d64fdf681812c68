package dev.carillon.stocks;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.carillon.topic.Refusal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The language of the upstream feed:
 * <code>{"type":"trade","data":[{"s":"AAPL","p":178.2,"t":1700000000000,"v":10}]}</code>
 * and <code>{"type":"subscribe","symbol":"AAPL"}</code> or {@code unsubscribe}. Any
 * thread.
 */
final class TradeMessages {

	private final JsonMapper mapper = JsonMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	/** Symbols by the name the feed has for them. */
	private final Map<String, Symbol> symbols = new HashMap<>();

	/** The other way round. */
	private final Map<Symbol, String> names = new HashMap<>();

	/**
	 * What a message held.
	 *
	 * @param trades those of the symbols that are traded here
	 * @param garbled how many things in it made no sense; the message itself counts as
	 * one
	 */
	record Content(List<Trade> trades, int garbled) {

		private static final Content NOTHING = new Content(List.of(), 0);

		private static final Content GARBLED = new Content(List.of(), 1);

	}

	/**
	 * Learns what is traded here.
	 * @param names the symbols as the feed writes them
	 * @throws Refusal if one is no symbol
	 */
	TradeMessages(List<String> names) {
		for (String name : names) {
			Symbol symbol = Symbol.of(name);
			this.symbols.put(name.strip(), symbol);
			this.names.put(symbol, name.strip());
		}
	}

	/** Asks the feed for a symbol. */
	String subscribe(Symbol symbol) {
		return request("subscribe", symbol);
	}

	/** Tells the feed that a symbol is not wanted any more. */
	String unsubscribe(Symbol symbol) {
		return request("unsubscribe", symbol);
	}

	private String request(String type, Symbol symbol) {
		return "{\"type\":\"" + type + "\",\"symbol\":\"" + this.names.getOrDefault(symbol, symbol.text()) + "\"}";
	}

	/** Reads a message; whatever it is, it does not throw. */
	Content read(String text) {
		JsonNode message;
		try {
			message = this.mapper.readTree(text);
		}
		catch (JacksonException _) {
			return Content.GARBLED;
		}
		JsonNode type = message.get("type");
		return switch ((type != null && type.isString()) ? type.stringValue() : "") {
			case "trade" -> trades(message.get("data"));
			case "ping" -> Content.NOTHING;
			default -> Content.GARBLED;
		};
	}

	private Content trades(@Nullable JsonNode data) {
		if (data == null || !data.isArray()) {
			return Content.GARBLED;
		}
		List<Trade> trades = new ArrayList<>(data.size());
		int garbled = 0;
		for (JsonNode element : data) {
			try {
				Trade trade = trade(element);
				if (trade != null) {
					trades.add(trade);
				}
			}
			catch (IllegalArgumentException _) {
				garbled++;
			}
		}
		return new Content(trades, garbled);
	}

	private @Nullable Trade trade(JsonNode element) {
		JsonNode name = element.get("s");
		if (name == null || !name.isString()) {
			throw new IllegalArgumentException("s must be a string");
		}
		Symbol symbol = this.symbols.get(name.stringValue());
		if (symbol == null) {
			return null;
		}
		JsonNode time = element.get("t");
		if (time == null || !time.isIntegralNumber() || !time.canConvertToLong()) {
			throw new IllegalArgumentException("t must be milliseconds since 1970");
		}
		BigDecimal volume = element.has("v") ? number(element, "v") : BigDecimal.ZERO;
		return Trade.of(symbol, number(element, "p"), volume, time.longValue());
	}

	private static BigDecimal number(JsonNode element, String name) {
		JsonNode value = element.get(name);
		if (value == null || !value.isNumber()) {
			throw new IllegalArgumentException(name + " must be a number");
		}
		return value.decimalValue();
	}

}
