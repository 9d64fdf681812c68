package dev.carillon.stocks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The symbols that the simulator knows by itself, and those it makes up. Prices are
 * fiction.
 */
final class Listings {

	private static final Map<Symbol, RandomWalk.Listing> KNOWN = known();

	private Listings() {
	}

	private static Map<Symbol, RandomWalk.Listing> known() {
		Map<Symbol, RandomWalk.Listing> known = new LinkedHashMap<>();
		add(known, "AAPL", 212.40, 0.27, 4);
		add(known, "MSFT", 431.10, 0.24, 3);
		add(known, "GOOGL", 176.30, 0.28, 3);
		add(known, "AMZN", 193.80, 0.30, 4);
		add(known, "NVDA", 124.60, 0.48, 9);
		add(known, "META", 512.90, 0.36, 2);
		add(known, "TSLA", 248.50, 0.55, 6);
		add(known, "AMD", 158.20, 0.47, 5);
		add(known, "INTC", 31.40, 0.42, 8);
		add(known, "NFLX", 672.00, 0.35, 1);
		add(known, "ORCL", 139.70, 0.29, 2);
		add(known, "IBM", 184.90, 0.20, 1);
		add(known, "CSCO", 47.60, 0.21, 4);
		add(known, "ADBE", 547.30, 0.34, 1);
		add(known, "JPM", 206.80, 0.21, 2);
		add(known, "V", 268.40, 0.18, 2);
		add(known, "KO", 64.70, 0.14, 3);
		add(known, "PEP", 166.20, 0.15, 1);
		add(known, "MCD", 255.90, 0.16, 1);
		add(known, "NKE", 74.30, 0.31, 3);
		add(known, "DIS", 96.50, 0.27, 3);
		add(known, "BA", 183.60, 0.38, 2);
		add(known, "XOM", 114.80, 0.23, 4);
		add(known, "WMT", 69.20, 0.17, 5);
		return known;
	}

	private static void add(Map<Symbol, RandomWalk.Listing> known, String symbol, double base, double volatility,
			double lots) {
		known.put(new Symbol(symbol), new RandomWalk.Listing(new Symbol(symbol), base, volatility, lots));
	}

	/**
	 * What the simulator trades.
	 * @param symbols the symbols asked for; empty for those it knows
	 * @param count how many there shall be; 0 for as many as there are
	 * @return the first of them, and SIM001, SIM002 … where there are not enough
	 */
	static List<RandomWalk.Listing> of(List<Symbol> symbols, int count) {
		List<RandomWalk.Listing> listings = new ArrayList<>();
		if (symbols.isEmpty()) {
			listings.addAll(KNOWN.values());
		}
		symbols.forEach((symbol) -> listings.add(KNOWN.getOrDefault(symbol, madeUp(symbol))));
		for (int i = 1; listings.size() < count; i++) {
			Symbol symbol = new Symbol("SIM%03d".formatted(i));
			if (!symbols.contains(symbol)) {
				listings.add(madeUp(symbol));
			}
		}
		return List.copyOf((count > 0) ? listings.subList(0, count) : listings);
	}

	private static RandomWalk.Listing madeUp(Symbol symbol) {
		SplittableRandom random = new SplittableRandom(symbol.text().hashCode());
		double base = StrictMath.round(100 * StrictMath.exp(random.nextDouble(1.6, 6.2))) / 100.0;
		return new RandomWalk.Listing(symbol, base, random.nextDouble(0.15, 0.6), random.nextDouble(1, 8));
	}

}
