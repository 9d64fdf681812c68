package dev.carillon.delivery;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * How a connection is read: as fast as its client sends, while it keeps to the rules.
 * Otherwise what it sends waits in the network, where it costs nobody else anything.
 * <p>
 * One for each connection; used by the thread that reads it.
 */
public final class Intake {

	/** How many bytes are read after the end. */
	private static final int MOST_IGNORED = 256 * 1024;

	/** What a frame costs beside its payload, counted in bytes. */
	private static final int FRAME = 64;

	/** Until whoever was refused is read again. */
	private static final Executor AFTER_REFUSAL = CompletableFuture.delayedExecutor(5, TimeUnit.MILLISECONDS);

	private final Runnable demand;

	private final CompletionStage<?> told;

	private int refusals;

	private int ignored;

	/**
	 * @param demand asks for the next frame; any thread
	 * @param told completes when the client can know that this is the end, because our
	 * close has left
	 */
	public Intake(Runnable demand, CompletionStage<?> told) {
		this.demand = demand;
		this.told = told;
	}

	/**
	 * A frame has been handled.
	 * @param refused how often the client was refused so far and stayed
	 */
	public void handled(int refused) {
		if (refused == this.refusals) {
			this.demand.run();
		}
		else {
			this.refusals = refused;
			AFTER_REFUSAL.execute(this.demand);
		}
	}

	/**
	 * A frame has come that is not looked at, since this is the end, or that has brought
	 * the end. Reading goes on when the client is told, as far as it can have sent more
	 * before it knew: the answer to our close is behind that. A flood waits until the
	 * connection is dropped.
	 */
	public void ignored(int bytes) {
		this.ignored += bytes + FRAME;
		if (this.ignored <= MOST_IGNORED) {
			this.told.whenComplete((_, _) -> this.demand.run());
		}
	}

}
