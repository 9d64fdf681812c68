package dev.carillon.stocks;

import java.util.Set;
import java.util.function.Consumer;

/**
 * Where trades come from. It works on its own threads, from {@link #start} to
 * {@link #close}, each called once.
 * <p>
 * Trades of one symbol are handed over one after the other, in the order in which the
 * source has them. Whatever goes wrong inside a source is counted, survived and shown by
 * {@link #state()}; nothing is thrown at whoever takes the trades. Close takes bounded
 * time and hands over nothing afterwards, except a trade that is on its way already.
 */
interface QuoteSource extends AutoCloseable {

	/**
	 * Begins.
	 * @param feed who takes the trades; must not block
	 */
	void start(Consumer<Trade> feed);

	/**
	 * Says which symbols are wanted from now on. A source that has to be asked asks for
	 * these and no others; one that brings everything by itself need not listen. Any
	 * thread, before and after the start.
	 */
	default void want(Set<Symbol> symbols) {
	}

	/**
	 * What can be said of the source now. Any thread.
	 */
	SourceState state();

	@Override
	void close();

}
