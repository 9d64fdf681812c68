package dev.carillon.delivery;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A number that one thread adds to and any thread may read, perhaps a moment late.
 */
public final class Counter {

	private static final VarHandle VALUE;

	static {
		try {
			VALUE = MethodHandles.lookup().findVarHandle(Counter.class, "value", long.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	private long value;

	void add(long n) {
		VALUE.setOpaque(this, this.value + n);
	}

	public long get() {
		return (long) VALUE.getOpaque(this);
	}

}
